"""How fast, how large, beside what: ``python -m benchmarks.speed`` takes every measure and writes ``RESULTS.md``.

    __main__        each measure in a process of its own, then plots and RESULTS.md
    measures        what a measure is, where its numbers are kept, how one is run alone
    encoding, latency, cold_start, memory, growth, concurrency, side_by_side, ingest      the measures
    report          numbers to RESULTS.md, a pure function; bars.py: what was aimed at
    plots           numbers to pictures
    texts, invented, quick_vectors                what is asked of what
    processes, peers                              the other sides, and what a process costs
    machine, numbers                              what it was taken on; medians and how they are written

A measure alone: ``python -m benchmarks.speed.latency --quick``. No two of them run at a time.
"""
