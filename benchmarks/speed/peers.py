"""What a person would pick instead, each in a virtual environment of its own, made once and kept."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.speed import processes, texts
from benchmarks.speed.measures import ROOT, NotMeasuredError, Setup

SCRIPTS = ROOT / "benchmarks" / "peers"

OURS = "Dateline"
PLAIN = "sentence-transformers + FAISS"


@dataclass(frozen=True, slots=True)
class Peer:
    """One of them."""

    name: str
    script: str
    packages: tuple[str, ...]
    """Beside torch, whose build is the one that Dateline names; the first of them is what it is called after."""
    kinds: tuple[str, ...]
    """The searches it has, first the one that a person would choose."""

    def folder(self, setup: Setup) -> Path:
        """Of its environment."""
        return setup.environments / Path(self.script).stem

    def python(self, setup: Setup) -> str:
        """Its interpreter."""
        return str(self.folder(setup) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))

    def command(self, setup: Setup, mode: str, store: Path, *options: str) -> list[str]:
        """Of the protocol."""
        script = str(SCRIPTS / self.script)
        return [
            self.python(setup), script, mode, "--model", texts.model_folder(), "--store", str(store), *options
        ]  # fmt: skip


PEERS = (
    Peer(PLAIN, "plain.py", ("sentence-transformers>=6,<7", "faiss-cpu>=1.15"), ("dense",)),
    Peer("txtai", "txtai_hybrid.py", ("txtai>=9,<10", "faiss-cpu>=1.15"), ("hybrid", "dense")),
    Peer(
        "Haystack", "haystack_hybrid.py", ("haystack-ai>=3,<4", "sentence-transformers-haystack>=2"),
        ("hybrid", "dense"),
    ),
)  # fmt: skip


def ready(setup: Setup) -> tuple[list[Peer], dict[str, str]]:
    """Those that can be run here, and why the others cannot. Raises :class:`NotMeasuredError` where there is none."""
    found, missing = [], {}
    for peer in PEERS:
        try:
            _install(peer, setup)
            found.append(peer)
        except (OSError, subprocess.CalledProcessError) as error:
            setup.say(f"{peer.name} is left out: {getattr(error, 'stderr', None) or error}")
            missing[peer.name] = "its environment could not be made"
    if not found:
        raise NotMeasuredError("no environment of a peer could be made; is there a way to the package index?")
    return found, missing


def indexed(peer: Peer, setup: Setup) -> Path:
    """Its store of the paragraphs of SQuAD 2.0, made once a run."""
    store = setup.work / "stores" / Path(peer.script).stem
    if not store.exists():
        setup.say(f"{peer.name} reads the paragraphs of SQuAD 2.0")
        rows = texts.write_rows(setup.work / "squad2" / "paragraphs.jsonl", texts.squad_paragraphs(setup))
        command = peer.command(setup, "index", store, "--paragraphs", str(rows))
        processes.cost_of(command, environment(setup), setup.work)
    return store


def serving(peer: Peer, setup: Setup) -> processes.Conversation:
    """A process of it that answers from that store."""
    command = peer.command(setup, "serve", indexed(peer, setup))
    return processes.Conversation(command, environment(setup), setup.work / Path(peer.script).stem)


def ours_serving(setup: Setup) -> processes.Conversation:
    """Dateline, by the same protocol and over the same paragraphs."""
    command = [sys.executable, str(SCRIPTS / "dateline_answers.py")]
    return processes.Conversation(command, processes.environment_of(texts.squad_home(setup)), setup.work / "dateline")


def environment(setup: Setup) -> dict[str, str]:
    """A peer finds nothing of Dateline."""
    found = processes.environment_of(setup.work)
    del found["PYTHONPATH"]
    return found


def sizes(setup: Setup, found: list[Peer]) -> dict[str, dict[str, Any]]:
    """Megabytes installed and the versions, by side."""
    script = str(SCRIPTS / "installed.py")
    asked = {peer.name: [peer.python(setup), script, *map(_bare, ("torch", *peer.packages))] for peer in found}
    asked = {OURS: [sys.executable, script, *map(_bare, _dependencies())], **asked}
    told = {}
    for name, command in asked.items():
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(setup))
        told[name] = json.loads(done.stdout)
    own = [path for package in ("bot", "retrieval", "embeddings", "corpus") for path in (ROOT / package).rglob("*")]
    told[OURS]["megabytes"] += sum(path.stat().st_size for path in own if path.is_file()) / 1e6
    return {
        name: {"megabytes": round(one["megabytes"], 1), "packages": one["packages"], "versions": one["versions"]}
        for name, one in told.items()
    }


def _dependencies() -> list[str]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [str(one) for one in declared["project"]["dependencies"]]


def _bare(requirement: str) -> str:
    return requirement.split("=")[0].split(">")[0].split("<")[0].split("[")[0].strip()


def _install(peer: Peer, setup: Setup) -> None:
    # A looser pin would bring gigabytes that nothing here uses.
    torch = next(one for one in _dependencies() if _bare(one) == "torch")
    wanted = [torch, *peer.packages]
    folder = peer.folder(setup)
    stamp = folder / "dateline-benchmark.txt"
    mark = hashlib.sha256(json.dumps([wanted, sys.version]).encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == mark:
        return
    setup.say(f"making an environment for {peer.name}, once; some minutes and a gigabyte")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True, capture_output=True, text=True)
    pip = [peer.python(setup), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
    subprocess.run(pip, check=True, capture_output=True, text=True)
    stamp.write_text(mark, encoding="utf-8")
