"""The dependencies between modules point one way, whatever anybody says."""
import pathlib
import re

from conftest import SOURCE

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)

# Which of our headers each part may include, by their first path component.
ALLOWED = {
    "base": {"base", "byline/types.h"},
    "bulk": {"bulk", "base", "byline/types.h"},
    "read": {"read", "base", "byline"},
    "analyze": {"analyze", "base", "byline", "xapian_shim.h"},
    "index": {"index", "analyze", "read", "bulk", "base", "byline",
              "xapian_shim.h"},
    "search": {"search", "index", "analyze", "read", "base", "byline",
               "xapian_shim.h"},
    "cli": {"cli", "byline/byline.h", "byline/extend.h"},
    "tables": {"read", "analyze"},  # programs that make tables of the source
    "include": {"byline"},
}


def includes(path):
    return [name for _, name in
            INCLUDE.findall(path.read_text(encoding="utf-8"))]


def sources(folder, *patterns):
    found = [p for pattern in patterns for p in folder.rglob(pattern)]
    assert found, f"no sources below {folder}"
    return found


def ours(name):
    if (SOURCE / "shim" / name).exists():
        return True
    return any((SOURCE / base / name).exists()
               for base in ("plugin", "plugin/include"))


def wrong_includes(module, path):
    allowed = ALLOWED[module]
    for name in includes(path):
        if not ours(name):
            continue
        if name not in allowed and name.split("/")[0] not in allowed:
            yield f"{path.relative_to(SOURCE)} includes {name}"


def test_modules_include_only_what_is_below_them():
    wrong = []
    for folder in (SOURCE / "plugin").iterdir():
        if not folder.is_dir() or not list(folder.rglob("*.[ch]")):
            continue
        assert folder.name in ALLOWED, f"what may {folder.name} include?"
        for path in sources(folder, "*.[ch]"):
            wrong += wrong_includes(folder.name, path)
    assert wrong == []


def test_only_the_stemmer_of_analyze_reaches_the_shim():
    wrong = [str(p.relative_to(SOURCE))
             for p in sources(SOURCE / "plugin/analyze", "*.[ch]")
             if "xapian_shim.h" in includes(p) and "stem" not in p.name]
    assert wrong == []


def test_only_the_shim_includes_xapian():
    wrong = [str(p.relative_to(SOURCE))
             for top in ("plugin", "shim")
             for p in sources(SOURCE / top, "*.[ch]", "*.cc")
             if any(n == "xapian.h" or n.startswith("xapian/")
                    for n in includes(p))
             and not (p.parent == SOURCE / "shim" and p.suffix == ".cc")]
    assert wrong == []


def test_the_shim_knows_no_article():
    wrong = [f"{p.name} includes {name}"
             for p in sources(SOURCE / "shim", "*.h", "*.cc")
             for name in includes(p)
             if ours(name) and name != "byline/types.h"
             and not (SOURCE / "shim" / name).exists()]
    assert wrong == []


def code(path):
    """The text without comments and strings."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'"(\\.|[^"\\\n])*"', '""', text)
    return re.sub(r"//[^\n]*|/\*.*?\*/", " ", text, flags=re.S)


def test_one_guard_holds_the_only_try():
    tries = {p.name: len(re.findall(r"\btry\b", code(p)))
             for p in sources(SOURCE / "shim", "*.h", "*.cc")}
    assert {n: c for n, c in tries.items() if c} in (
        {"guard.cc": 1}, {"guard.h": 1})


def test_no_mutable_globals_in_the_core():
    """Objects at file scope are const or belong to a thread's stack."""
    pattern = re.compile(
        r"^(?:static\s+)?(?!const\b|typedef|struct|enum|union|extern|return)"
        r"(?:[a-z_]\w*[\s*]+)+\w+(?:\[[^\]]*\])*\s*(?:=[^=]|;)", re.M)
    wrong = []
    for module in ALLOWED:
        if module in ("cli", "include", "tables"):
            continue
        folder = SOURCE / "plugin" / module
        for path in folder.glob("*.c"):
            for match in pattern.finditer(code(path)):
                line = match.group(0)
                if "const" not in line:
                    wrong.append(f"{path.name}: {line.strip()}")
    assert wrong == []


def test_the_core_prints_nothing_and_never_exits():
    calls = re.compile(
        r"\b(v?f?printf|v?dprintf|f?puts|f?putc|putchar|fwrite|perror|v?syslog|"
        r"exit|abort|_exit|assert)\s*\(|\bstd::(cout|cerr|clog)\b|"
        r"\bwrite\s*\(\s*(\d|STD\w+_FILENO|\w*fd\b|fileno)")
    wrong = [f"{p.relative_to(SOURCE)}: {m.group(0)}"
             for module in ("base", "read", "analyze", "index", "search")
             for p in sources(SOURCE / "plugin" / module, "*.[ch]")
             for m in calls.finditer(code(p))]
    wrong += [f"{p.name}: {m.group(0)}"
              for p in sources(SOURCE / "shim", "*.cc")
              for m in calls.finditer(code(p))]
    assert wrong == []


def test_sources_stay_small():
    """Tests may be longer: cases in a row are no harder to read."""
    limits = {"plugin": 500, "shim": 500, "tests": 600}
    long = {str(p.relative_to(SOURCE)): n
            for top, limit in limits.items()
            for p in sources(SOURCE / top, "*.[ch]", "*.cc", "*.py")
            if (n := len(p.read_text(encoding="utf-8").splitlines())) > limit}
    assert long == {}


def test_the_top_level_holds_nothing_more():
    allowed = {"plugin", "shim", "tests", "fixtures", "build",
               "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE",
               "CHANGELOG.md", "byline.db"}
    names = {p.name for p in pathlib.Path(SOURCE).iterdir()
             if not p.name.startswith(".")}
    assert names <= allowed
