"""txtai: words (BM25) and meaning (FAISS) side by side, fused as it does by itself.

Ids are stored without the words, which is its quicker way; the words are looked up beside it.
"""

import json
from pathlib import Path

from protocol import embedded, main
from txtai import Embeddings


class Txtai:
    kinds = ("hybrid", "dense")

    def __init__(self, model, store):
        self.settings, self.folder, self.opened = {"path": model}, Path(store), {}
        self.models = {}  # so that both indexes share one model

    def index(self, paragraphs):
        for kind in self.kinds:
            embeddings = Embeddings(self.settings, hybrid=kind == "hybrid", models=self.models)
            embeddings.index((paragraph["id"], embedded(paragraph), None) for paragraph in paragraphs)
            embeddings.save(str(self.folder / kind))
        texts = {paragraph["id"]: paragraph["text"] for paragraph in paragraphs}
        (self.folder / "texts.json").write_text(json.dumps(texts), "utf-8")

    def search(self, question, kind, top_k):
        if kind not in self.opened:
            self.opened[kind] = Embeddings(models=self.models)
            self.opened[kind].load(str(self.folder / kind))
        return [found for found, _ in self.opened[kind].search(question, top_k)]

    def shown(self, ids):
        texts = json.loads((self.folder / "texts.json").read_text("utf-8"))
        return [texts[one] for one in ids]

    def encode(self, texts):
        if "hybrid" not in self.opened:
            self.search("ready", "hybrid", 1)
        return self.opened["hybrid"].batchtransform(list(texts), "data")


if __name__ == "__main__":
    main(Txtai)
