"""The database schema, as numbered steps. A step that has been released is never edited."""

from __future__ import annotations

import sqlite3
import uuid

from corpus.errors import StoreTooNewError
from corpus.transactions import schema_version, take_steps

_STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        # One row for each id ever given out. Removing an article keeps the row (id, last revision, hash), so
        # that a check of an old answer can say "removed" instead of "never heard of it".
        """CREATE TABLE articles (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            revision INTEGER NOT NULL,
            content_hash TEXT NOT NULL,
            origin TEXT NOT NULL,
            removed_at TEXT
        ) STRICT""",
        "CREATE INDEX articles_origin ON articles (origin)",
        """CREATE TABLE revisions (
            article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
            revision INTEGER NOT NULL,
            title TEXT, outlet TEXT, author TEXT, url TEXT, published_at TEXT, dateline TEXT, category TEXT,
            provenance TEXT NOT NULL,
            raw TEXT NOT NULL,
            body TEXT NOT NULL,
            edits TEXT NOT NULL,
            page BLOB,
            ingested_at TEXT NOT NULL,
            PRIMARY KEY (article, revision)
        ) STRICT""",
        """CREATE TABLE passages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            article INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            text TEXT NOT NULL,
            kind TEXT NOT NULL,
            live INTEGER NOT NULL,
            FOREIGN KEY (article, revision) REFERENCES revisions (article, revision) ON DELETE CASCADE
        ) STRICT""",
        "CREATE INDEX passages_article ON passages (article, revision, ordinal)",
        """CREATE TABLE sentences (
            passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY (passage, ordinal)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE statements (
            passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
            speaker TEXT NOT NULL,
            source_start INTEGER NOT NULL,
            source_end INTEGER NOT NULL,
            cue TEXT NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            kind TEXT NOT NULL,
            relayed TEXT
        ) STRICT""",
        "CREATE INDEX statements_passage ON statements (passage)",
        "CREATE INDEX statements_speaker ON statements (speaker)",
        "CREATE TABLE models (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        # What is embedded of a passage: usually one window, several where the model cannot read it whole.
        # Their ids are the ids in the vector index.
        """CREATE TABLE windows (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            model INTEGER NOT NULL REFERENCES models (key),
            passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
            hash BLOB NOT NULL
        ) STRICT""",
        "CREATE INDEX windows_passage ON windows (passage, model)",
        "CREATE TABLE vectors (model INTEGER NOT NULL REFERENCES models (key), hash BLOB NOT NULL, "
        "vector BLOB NOT NULL, PRIMARY KEY (model, hash)) STRICT",
        "CREATE VIRTUAL TABLE passages_text USING fts5 (text, headline, outlet, date, "
        "tokenize = 'porter unicode61 remove_diacritics 2')",
        "CREATE VIRTUAL TABLE passages_terms USING fts5vocab (passages_text, row)",
        """CREATE TABLE changes (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            passage INTEGER NOT NULL,
            added INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE published (
            model INTEGER PRIMARY KEY REFERENCES models (key),
            file TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            count INTEGER NOT NULL,
            sha256 TEXT NOT NULL
        ) STRICT""",
        # What ingest read, so that a file that did not change is not opened again and `--prune` knows what
        # stood below a folder. A source that yields several articles has them in source_articles.
        """CREATE TABLE sources (
            origin TEXT PRIMARY KEY,
            root TEXT NOT NULL,
            fingerprint TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE source_articles (
            origin TEXT NOT NULL REFERENCES sources (origin) ON DELETE CASCADE,
            article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
            PRIMARY KEY (origin, article)
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        "ALTER TABLE statements ADD COLUMN addressee TEXT",
        "ALTER TABLE statements ADD COLUMN via TEXT",
        "ALTER TABLE statements ADD COLUMN occasion_start INTEGER",
        "ALTER TABLE statements ADD COLUMN occasion_end INTEGER",
        """CREATE TABLE figures (
            passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            low REAL NOT NULL,
            high REAL NOT NULL,
            bound TEXT NOT NULL,
            unit TEXT,
            counted TEXT NOT NULL,
            as_of TEXT,
            claimant TEXT,
            claimant_start INTEGER,
            claimant_end INTEGER
        ) STRICT""",
        "CREATE INDEX figures_passage ON figures (passage)",
        """CREATE TABLE moments (
            passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            first TEXT NOT NULL,
            last TEXT NOT NULL,
            resolved_from TEXT
        ) STRICT""",
        "CREATE INDEX moments_passage ON moments (passage)",
        # What tells copies of one text: a MinHash of the newest revision, its bands for looking up likely copies
        # without reading all, and the agency that it credits.
        """CREATE TABLE fingerprints (
            article INTEGER PRIMARY KEY REFERENCES articles (key) ON DELETE CASCADE,
            signature BLOB NOT NULL,
            agency TEXT
        ) STRICT""",
        """CREATE TABLE fingerprint_bands (
            band INTEGER NOT NULL,
            hash BLOB NOT NULL,
            article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
            PRIMARY KEY (band, hash, article)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX fingerprint_bands_article ON fingerprint_bands (article)",
    ),
    (
        # What is live is counted and gone through without reading the texts.
        "CREATE INDEX passages_live ON passages (article) WHERE live = 1",
        # Copies are looked for among the candidates of a question, never in the whole collection.
        "DROP TABLE fingerprint_bands",
        # Where each word stands, for scoring by it.
        "CREATE VIRTUAL TABLE passages_occurrences USING fts5vocab (passages_text, instance)",
    ),
)

VERSION = len(_STEPS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to :data:`VERSION`. The connection must be in autocommit mode.

    Raises :class:`StoreTooNewError` for a database from a newer Dateline, ``sqlite3.Error`` otherwise.
    """
    found = schema_version(connection)
    if found > VERSION:
        raise StoreTooNewError(
            f"The database is of schema {found}, this Dateline knows up to {VERSION}; "
            "upgrade with: pip install --upgrade dateline"
        )
    take_steps(connection, _STEPS[:VERSION], _name)


def _name(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO about VALUES ('uuid', ?)", (str(uuid.uuid4()),))
