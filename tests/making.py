"""What several tests make: articles without files, and the real model, once."""

from __future__ import annotations

import atexit
import functools
import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus import preparation
from corpus.models import Document, Field
from corpus.store import ArticleDraft, Change, PassageDraft, Store
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.runtime.encoder import RuntimeEncoder


@functools.cache
def bundled_encoder() -> SentenceTransformerEncoder:
    """The model that ships; loading it takes seconds."""
    return SentenceTransformerEncoder()


@functools.cache
def converted_folder() -> Path:
    """A folder with the model that ships, converted; it takes some seconds."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-models-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    RuntimeEncoder(folders=[folder]).encode_query(["ready"])
    return folder


@functools.cache
def converted_encoder() -> RuntimeEncoder:
    """The model that ships, as it is served."""
    return RuntimeEncoder(folders=[converted_folder()])


def digest(text: str) -> bytes:
    """Stands for the hash of an embedded text."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def vector_of(text: str) -> bytes:
    """Stands for the vector of a text; long enough to be found in a file."""
    return hashlib.blake2b(b"vector of " + text.encode(), digest_size=32).digest()


def draft(
    article_id: str,
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    published_at: str | None = None,
    url: str | None = None,
    author: str | None = None,
    origin: str | None = None,
    page: bytes | None = None,
) -> ArticleDraft:
    """An article prepared as ingest prepares it."""
    facts = {"title": title, "outlet": outlet, "published_at": published_at, "url": url, "author": author}
    document = Document(
        raw=text,
        origin=origin or f"/articles/{article_id}.txt",
        slug=article_id,
        given_id=article_id,
        page=page,
        fields={name: Field(value, "test") for name, value in facts.items() if value is not None},
    )
    prepared = preparation.prepare(document)
    passages = tuple(
        PassageDraft(
            block,
            (digest(f"{title}\n{block.text}"),),
            tuple(digest(prepared.body[span.start : span.end].strip()) for span in block.sentences),
            prepared.knowledge_of(block),
        )
        for block in prepared.blocks
    )
    return ArticleDraft(
        article_id, document, prepared.fields, prepared.body, prepared.edits, prepared.blocks, passages,
        prepared.copy_print,
    )  # fmt: skip


def put(store: Store, *drafts: ArticleDraft, model: str = "model@1") -> list[Change]:
    """Store articles with a made-up vector for everything in them."""
    key = store.vectors.model_key(model)
    hashes = [h for one in drafts for p in one.passages for h in (*p.window_hashes, *p.sentence_hashes)]
    store.vectors.save(key, ((h, vector_of(h.hex())) for h in hashes))
    return store.writer.store(drafts, key)


def paragraphs(*texts: str) -> str:
    """Texts as an article prints them."""
    return "\n\n".join(texts) + "\n"


def write_article(folder: Path, name: str, body: str | Sequence[str], **front_matter: str) -> Path:
    """A Markdown file with front matter below ``folder``."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "".join(f"{key}: {value}\n" for key, value in front_matter.items())
    text = body if isinstance(body, str) else paragraphs(*body)
    path.write_text(f"---\n{head}---\n\n{text}" if head else text, encoding="utf-8")
    return path
