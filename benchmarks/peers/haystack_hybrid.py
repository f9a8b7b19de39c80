"""Haystack: its in-memory store, BM25 and embeddings, joined by reciprocal ranks as its documentation shows."""

from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from protocol import embedded, main


class Haystack:
    kinds = ("hybrid", "dense")

    def __init__(self, model, store):
        self.settings = {"model": model, "progress_bar": False, "normalize_embeddings": True}
        self.file, self.opened, self.pipelines, self.writing = Path(store) / "documents.json", None, {}, None

    def index(self, paragraphs):
        documents = [Document(id=one["id"], content=embedded(one), meta={"text": one["text"]}) for one in paragraphs]
        embedder = SentenceTransformersDocumentEmbedder(**self.settings)
        store = InMemoryDocumentStore()
        store.write_documents(embedder.run(documents)["documents"])
        store.save_to_disk(str(self.file))

    def search(self, question, kind, top_k):
        if kind not in self.pipelines:
            self.pipelines[kind] = self.pipeline(kind)
        asked = {"embedder": {"text": question}, "meaning": {"top_k": top_k}}
        if kind == "hybrid":
            asked["words"] = {"query": question, "top_k": top_k}
        found = self.pipelines[kind].run(asked)["joiner" if kind == "hybrid" else "meaning"]["documents"][:top_k]
        self.last = {document.id: document.meta["text"] for document in found}
        return list(self.last)

    def pipeline(self, kind):
        self.opened = self.opened or InMemoryDocumentStore.load_from_disk(str(self.file))
        pipeline = Pipeline()
        pipeline.add_component("embedder", SentenceTransformersTextEmbedder(**self.settings))
        pipeline.add_component("meaning", InMemoryEmbeddingRetriever(self.opened))
        pipeline.connect("embedder.embedding", "meaning.query_embedding")
        if kind == "hybrid":
            pipeline.add_component("words", InMemoryBM25Retriever(self.opened))
            pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
            pipeline.connect("meaning", "joiner")
            pipeline.connect("words", "joiner")
        return pipeline

    def shown(self, ids):
        return [self.last[one] for one in ids]

    def encode(self, texts):
        self.writing = self.writing or SentenceTransformersDocumentEmbedder(**self.settings)
        return self.writing.run([Document(content=text) for text in texts])


if __name__ == "__main__":
    main(Haystack)
