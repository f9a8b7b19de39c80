"""sentence-transformers and FAISS, as a person writes them down in thirty lines."""

import json
from pathlib import Path

import faiss
from protocol import embedded, main
from sentence_transformers import SentenceTransformer


class Plain:
    kinds = ("dense",)

    def __init__(self, model, store):
        self.model, self.folder, self.index_of = SentenceTransformer(model), Path(store), None

    def index(self, paragraphs):
        vectors = self.encode([embedded(paragraph) for paragraph in paragraphs])
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(self.folder / "paragraphs.faiss"))
        (self.folder / "paragraphs.json").write_text(json.dumps(paragraphs), "utf-8")

    def search(self, question, kind, top_k):
        if self.index_of is None:
            self.index_of = faiss.read_index(str(self.folder / "paragraphs.faiss"))
            self.paragraphs = json.loads((self.folder / "paragraphs.json").read_text("utf-8"))
            self.texts = {paragraph["id"]: paragraph["text"] for paragraph in self.paragraphs}
        _, rows = self.index_of.search(self.encode([question]), top_k)
        return [self.paragraphs[row]["id"] for row in rows[0] if row >= 0]

    def shown(self, ids):
        return [self.texts[one] for one in ids]

    def encode(self, texts):
        return self.model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)


if __name__ == "__main__":
    main(Plain)
