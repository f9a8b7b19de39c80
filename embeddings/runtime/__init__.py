"""The same model without torch: converted once, then run by OpenVINO, which starts in a tenth of the time.

    sentence-transformers ─► traced ─► graph, weights, tokenizer, reference vectors ─► manifest     (conversion)
                                            └─► which precision is quick and exact enough here      (tuning)
    text ─► tokens ─► batches without needless padding ─► OpenVINO ─► vectors                       (model)

:class:`embeddings.runtime.encoder.RuntimeEncoder` is the door; whatever keeps OpenVINO from serving, sentence-
transformers serve instead. Vectors are the same to a cosine of 0.9999, so they are stored under the same name.
"""
