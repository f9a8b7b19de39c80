"""What can keep a converted model from serving: the answer is the same, and what happened is said once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import SentenceTransformerEncoder
from embeddings.errors import EngineError, ModelError
from embeddings.runtime import child, engine, tuning
from embeddings.runtime import manifest as manifests
from embeddings.runtime.conversion import convert
from embeddings.runtime.encoder import RuntimeEncoder
from tests.conftest import ROOT
from tests.embeddings.tiny import KINDS, MOST, make

TEXTS = ["Putin said NATO was moving towards Russia.", "a bridge", "", "nato russia bridge " * 60, "x y z"]
MANY = TEXTS * 10


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("models") / "tiny-news")


@pytest.fixture(scope="session")
def kept(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of converted models with the tiny one in it; tests that alter it take a copy."""
    folder = tmp_path_factory.mktemp("kept")
    RuntimeEncoder(str(tiny), folders=[folder], device="cpu").encode_query(["a bridge"])
    return folder


@pytest.fixture
def copy(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "copy"))


@pytest.fixture
def conversions(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every conversion from here on; done in this process, which has torch already."""
    done: list[Path] = []

    def here(model: str, device: str, folder: Path) -> None:
        done.append(folder)
        convert(model, device, folder)

    monkeypatch.setattr(child, "convert", here)
    return done


@pytest.fixture
def said() -> list[str]:
    return []


def inside(models: Path) -> Path:
    (folder,) = (path for path in models.iterdir() if path.is_dir())
    return folder


def serves(encoder: RuntimeEncoder, model: Path, *, converted: bool = True) -> None:
    """The same vectors, windows, name and dimension as by sentence-transformers, few texts or many."""
    plain = SentenceTransformerEncoder(str(model), device="cpu")
    for texts in (TEXTS, MANY):
        cosines = np.sum(encoder.encode_passages(texts) * plain.encode_passages(texts), axis=1)
        assert cosines.min() >= 0.999
    assert (encoder.name, encoder.dimension) == (plain.name, plain.dimension)
    assert encoder.windows(TEXTS[3], "a\n") == plain.windows(TEXTS[3], "a\n")
    assert (encoder._converted() is not None) is converted


# Models of many shapes


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "llama"])
def test_a_model_of_the_usual_shape_converts(
    kind: str, tmp_path: Path, conversions: list[Path], said: list[str]
) -> None:
    model = make(tmp_path / kind, kind)
    encoder = RuntimeEncoder(str(model), folders=[tmp_path / "kept"], device="cpu", say=said.append)
    serves(encoder, model)
    assert len(conversions) == 1
    serves(RuntimeEncoder(str(model), folders=[tmp_path / "kept"], device="cpu", say=said.append), model)
    assert len(conversions) == 1
    assert said == []


def test_a_model_of_another_shape_is_served_all_the_same(
    tmp_path: Path, conversions: list[Path], said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = make(tmp_path / "prompted", "prompted")

    def encoder() -> RuntimeEncoder:
        return RuntimeEncoder(str(model), folders=[tmp_path / "kept"], device="cpu", say=said.append)

    serves(encoder(), model, converted=False)
    assert len(said) == 1
    assert "cannot be converted (it puts a prompt of its own before each text); for quick starts choose" in said[0]
    # Nobody tries again, nor says it again; doctor does.
    serves(encoder(), model, converted=False)
    assert len(said) == len(conversions) == 1
    assert "cannot be converted: it puts a prompt" in encoder().verify()
    # Another version may do better.
    monkeypatch.setattr(manifests, "_PACKAGES", ("openvino",))
    serves(encoder(), model, converted=False)
    assert len(said) == len(conversions) == 2


def test_a_model_that_ends_the_process_is_served_by_another(tmp_path: Path, said: list[str]) -> None:
    """OpenVINO 2026.4.1 divides by zero over this one; where it does not, it is served like any other."""
    model = make(tmp_path / "llama", "llama")
    encoder = RuntimeEncoder(str(model), folders=[tmp_path / "kept"], device="cpu", say=said.append)
    plain = SentenceTransformerEncoder(str(model), device="cpu")
    texts = [text for text in TEXTS if text]  # to this model the empty one is no token at all
    assert np.sum(encoder.encode_query(texts) * plain.encode_query(texts), axis=1).min() >= 0.999
    if encoder._converted() is None:
        assert len(said) == 1
        assert "it ended its process by SIG" in said[0]


def test_a_model_that_is_not_there_is_one_sentence(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "config.json").write_text("{}")
    encoder = RuntimeEncoder(str(tmp_path), folders=[tmp_path / "kept"], say=said.append)
    ways: list[Callable[[], object]] = [
        lambda: encoder.name, lambda: encoder.encode_query(["a bridge"]), lambda: encoder.windows("a bridge " * 300)
    ]  # fmt: skip
    for way in ways[:2]:
        with pytest.raises(ModelError, match="cannot be loaded") as raised:
            way()
        assert "\n" not in str(raised.value)
    assert said == []
    assert not list((tmp_path / "kept").rglob("manifest.json"))


# The folder that it was made from


def test_changed_weights_are_noticed(tmp_path: Path, conversions: list[Path]) -> None:
    model = make(tmp_path / "tiny-news")
    before = RuntimeEncoder(str(model), folders=[tmp_path / "kept"], device="cpu").name
    shutil.rmtree(model)
    make(model, seed=2)
    encoder = RuntimeEncoder(str(model), folders=[tmp_path / "kept"], device="cpu")
    assert encoder.name != before
    serves(encoder, model)
    assert len(conversions) == 2


def test_a_folder_that_was_only_touched_is_not_converted_again(
    tmp_path: Path, conversions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = make(tmp_path / "tiny-news")
    first = RuntimeEncoder(str(model), folders=[tmp_path / "kept"], device="cpu").name
    for file in model.rglob("*"):
        os.utime(file, (1, 1))
    # By another path to it, at that.
    monkeypatch.chdir(tmp_path)
    assert RuntimeEncoder("tiny-news", folders=[tmp_path / "kept"], device="cpu").name == first
    assert len(conversions) == 1


# What was converted


def flip(path: Path) -> None:
    """One byte in the middle, size and time as they were."""
    status = path.stat()
    with path.open("r+b") as file:
        file.seek(status.st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 0x40]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def overwrite(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("model.bin", flip), ("model.bin", cut), ("model.bin", overwrite), ("model.bin", Path.unlink),
        ("model.xml", flip), ("tokenizer.json", flip), ("tokenizer.json", Path.unlink), ("probes.npy", overwrite),
        ("manifest.json", cut), ("manifest.json", Path.unlink),
    ],
)  # fmt: skip
def test_what_is_missing_or_altered_is_converted_again(
    name: str, harm: Callable[[Path], None], copy: Path, tiny: Path, conversions: list[Path], said: list[str]
) -> None:
    harm(inside(copy) / name)
    serves(RuntimeEncoder(str(tiny), folders=[copy], device="cpu", say=said.append), tiny)
    assert len(conversions) == 1
    manifest = manifests.read(inside(copy))
    assert manifest is not None
    assert manifest.whole(inside(copy), thoroughly=True)
    assert said == []


@pytest.mark.parametrize("harm", [cut, overwrite, Path.unlink])
@pytest.mark.parametrize("kind", ["*.blob", "tuned-*.json"])
def test_what_only_makes_starts_quicker_may_be_gone(
    kind: str, harm: Callable[[Path], None], copy: Path, tiny: Path, conversions: list[Path], said: list[str]
) -> None:
    (file,) = inside(copy).glob(kind)
    harm(file)
    serves(RuntimeEncoder(str(tiny), folders=[copy], device="cpu", say=said.append), tiny)
    assert conversions == []
    assert said == []


def test_doctor_finds_what_a_start_does_not_look_at(copy: Path, tiny: Path) -> None:
    encoder = RuntimeEncoder(str(tiny), folders=[copy], device="cpu")
    assert encoder.verify().startswith("It is run by OpenVINO in ")
    flip(inside(copy) / "model.bin")
    assert "has been altered; the next question converts it anew" in encoder.verify()
    assert RuntimeEncoder(str(tiny), folders=[copy / "empty"]).verify().startswith("It will be converted")


# Interrupted, and at once


def test_a_conversion_that_was_killed_leaves_nothing_to_serve(tiny: Path, tmp_path: Path) -> None:
    script = """
import sys, os, time
from pathlib import Path
from embeddings.runtime import conversion, manifest
def stop(*_): print("here", flush=True); time.sleep(600)
manifest.write = stop
conversion.convert(sys.argv[1], "cpu", Path(sys.argv[2]))
"""
    folder = RuntimeEncoder(str(tiny), folders=[tmp_path / "kept"])._folders[0]
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tiny), str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    process.kill()
    process.wait()
    assert (folder / "model.bin").exists()
    assert manifests.read(folder) is None
    serves(RuntimeEncoder(str(tiny), folders=[tmp_path / "kept"], device="cpu"), tiny)
    assert not list(folder.rglob("*.part"))


def test_two_processes_convert_once(tiny: Path, tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from embeddings.runtime import child
from embeddings.runtime.encoder import RuntimeEncoder
real = child.convert
def told(*given):
    print("converts", flush=True)
    real(*given)
child.convert = told
encoder = RuntimeEncoder(sys.argv[1], folders=[Path(sys.argv[2])], device="cpu")
print(encoder.encode_query(["a bridge"]).shape, encoder._converted() is not None, flush=True)
"""
    command = [sys.executable, "-c", script, str(tiny), str(tmp_path / "kept")]
    processes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate(timeout=300)[0].splitlines() for process in processes]
    assert [lines[-1] for lines in told] == ["(1, 32) True"] * 2
    assert sum(lines.count("converts") for lines in told) == 1


# Where nothing can be written


def test_a_folder_that_cannot_be_written_has_a_spare(
    tiny: Path, tmp_path: Path, conversions: list[Path], said: list[str]
) -> None:
    (tmp_path / "home").write_text("a file where the data folder should be")
    folders = [tmp_path / "home" / "models", tmp_path / "spare"]
    serves(RuntimeEncoder(str(tiny), folders=folders, device="cpu", say=said.append), tiny)
    assert len(said) == 1
    assert f"so the converted model is kept in {tmp_path / 'spare'}; set DATELINE_HOME" in said[0]
    serves(RuntimeEncoder(str(tiny), folders=folders, device="cpu", say=said.append), tiny)
    assert len(said) == len(conversions) == 1


def test_where_no_folder_can_be_written_each_start_is_slow(tiny: Path, tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "home").write_text("a file where the data folder should be")
    serves(RuntimeEncoder(str(tiny), folders=[tmp_path / "home" / "models"], say=said.append), tiny, converted=False)
    assert len(said) == 1
    assert "so each start loads the model by sentence-transformers, slowly; set DATELINE_HOME" in said[0]


# Another machine, another version, no runtime at all


@pytest.fixture
def other_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "machine", lambda: "OpenVINO 1, another processor")


@pytest.mark.usefixtures("other_machine")
def test_on_another_machine_the_precision_is_chosen_anew(
    copy: Path, tiny: Path, conversions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tuned: list[Path] = []

    def here(folder: Path) -> dict[str, object]:
        tuned.append(folder)
        return vars(_Fields(tuning.tune_here(folder)))

    monkeypatch.setattr(child, "tune", here)
    for _ in range(2):
        serves(RuntimeEncoder(str(tiny), folders=[copy], device="cpu"), tiny)
    assert len(tuned) == 1
    assert conversions == []
    assert len(list(inside(copy).glob("tuned-*.json"))) == 2


class _Fields:
    """A tuning as the child sends it."""

    def __init__(self, found: tuning.Tuning) -> None:
        self.__dict__ = {name: getattr(found, name) for name in found.__slots__}
        stamp = found.exported
        self.__dict__["exported"] = stamp and {name: getattr(stamp, name) for name in stamp.__slots__}


@pytest.mark.usefixtures("other_machine")
def test_on_another_machine_that_may_only_read_it_runs_in_float32(
    copy: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path, data: bytes) -> int:
        raise PermissionError(30, "Read-only file system")

    monkeypatch.setattr(child, "tune", lambda folder: pytest.fail("it was tuned"))
    encoder = RuntimeEncoder(str(tiny), folders=[copy], device="cpu")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", refused)
        encoder.encode_query(["a bridge"])
    serves(encoder, tiny)
    serving = encoder._converted()
    assert serving is not None
    assert serving.tuning().precision == "f32"


@pytest.fixture
def no_runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_loaded", {})
    monkeypatch.setitem(sys.modules, "openvino", None)


@pytest.mark.usefixtures("no_runtime")
def test_without_a_runtime_sentence_transformers_serve(copy: Path, tiny: Path, said: list[str]) -> None:
    serves(RuntimeEncoder(str(tiny), folders=[copy], device="cpu", say=said.append), tiny, converted=False)
    assert len(said) == 1
    assert said[0].startswith("OpenVINO cannot be used here (")
    assert said[0].endswith("reinstall it with: pip install --force-reinstall openvino")
    assert "OpenVINO cannot be used" in RuntimeEncoder(str(tiny), folders=[copy], device="cpu").verify()


@pytest.mark.usefixtures("no_runtime")
def test_without_a_runtime_nothing_is_converted(
    tiny: Path, tmp_path: Path, conversions: list[Path], said: list[str]
) -> None:
    serves(RuntimeEncoder(str(tiny), folders=[tmp_path], device="cpu", say=said.append), tiny, converted=False)
    assert len(said) == len(conversions) == 1
    # It is the machine that cannot, not the model: with the library back, it is converted.
    assert not list(tmp_path.rglob("manifest.json"))


def test_a_runtime_that_fails_midway_hands_over(
    copy: Path, tiny: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = RuntimeEncoder(str(tiny), folders=[copy], device="cpu", say=said.append)
    encoder.encode_query(["a bridge"])

    def fails(*_: object) -> None:
        raise EngineError("an unknown instruction")

    monkeypatch.setattr(engine.Engine, "run", fails)
    monkeypatch.setattr(engine.Engine, "run_all", fails)
    serves(encoder, tiny, converted=False)
    assert len(said) == 1
    assert "OpenVINO cannot be used here (an unknown instruction)" in said[0]


def test_a_child_that_cannot_be_understood_is_no_riddle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_START", "print('nothing of use')")
    with pytest.raises(EngineError, match="its process ended early"):
        child.tune(tmp_path)
    monkeypatch.setattr(child, "_START", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(EngineError, match="exit code -9") as raised:
        child.tune(tmp_path)
    # Ended from outside, for want of memory perhaps: not the model's fault.
    assert not isinstance(raised.value, child.CrashedError)
    monkeypatch.setattr(child, "_START", "import os, signal; os.kill(os.getpid(), signal.SIGILL)")
    with pytest.raises(child.CrashedError, match="SIGILL"):
        child.tune(tmp_path)


def test_texts_are_cut_where_the_model_stops_reading(copy: Path, tiny: Path) -> None:
    encoder = RuntimeEncoder(str(tiny), folders=[copy], device="cpu")
    long = "nato " * (MOST * 3)
    np.testing.assert_array_equal(encoder.encode_query([long]), encoder.encode_query([long + "bridge " * 50]))
