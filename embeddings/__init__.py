"""What Dateline knows of numbers: turning text into vectors and finding the nearest ones."""

import os

# Before numpy is imported, which starts a thread of OpenBLAS for each processor and lets them spin: a tenth of the
# processor time of one question. Nothing here multiplies matrices by numpy that more than one thread would speed up.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
