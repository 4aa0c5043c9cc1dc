"""The public headers: complete, alone, and just what the library exports."""
import re
import shutil
import subprocess

import pytest

from conftest import BUILD, SOURCE

HEADERS = sorted((SOURCE / "plugin/include/byline").glob("*.h"))
SHIM = SOURCE / "shim/xapian_shim.h"
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion",
          "-Werror", "-fsyntax-only"]


@pytest.mark.parametrize("header", [*HEADERS, SHIM], ids=lambda p: p.name)
@pytest.mark.parametrize("compiler,language,standard", [
    ("gcc", "c", "c11"), ("clang", "c", "c11"),
    ("g++", "c++", "c++17"), ("clang++", "c++", "c++17")])
def test_a_header_compiles_alone(header, compiler, language, standard,
                                 tmp_path):
    if not shutil.which(compiler):
        pytest.skip(f"{compiler} is not installed")
    source = tmp_path / "alone.src"
    name = header.name if header == SHIM else f"byline/{header.name}"
    source.write_text(f'#include "{name}"\n#include "{name}"\n')
    subprocess.run(
        [compiler, "-x", language, f"-std={standard}", *STRICT,
         f"-I{SOURCE}/plugin/include", f"-I{SOURCE}/shim", str(source)],
        check=True)


@pytest.mark.parametrize("compiler,language,standard", [
    ("gcc", "c", "c11"), ("g++", "c++", "c++17")])
def test_initialisers_work_in_both_languages(compiler, language, standard,
                                             tmp_path):
    macros = re.findall(r"#define (BYLINE_(\w+)_INIT)", "".join(
        (SOURCE / "plugin/include/byline" / name).read_text()
        for name in ("byline.h", "maintain.h", "search.h", "watch.h")))
    assert macros
    body = "".join(
        f"  byline_{name.lower()} v{i} = {macro};\n  (void)v{i};\n"
        for i, (macro, name) in enumerate(macros))
    source = tmp_path / "init.src"
    source.write_text('#include "byline/byline.h"\nint main(void) {\n'
                      f"{body}  return 0;\n}}\n")
    subprocess.run(
        [compiler, "-x", language, f"-std={standard}", *STRICT,
         f"-I{SOURCE}/plugin/include", str(source)], check=True)


def declared():
    names = set()
    for header in HEADERS:
        text = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)
        names |= set(re.findall(
            r"BYLINE_API\b[^;()]*?\b(byline_\w+)\s*\(", text))
    return names


def test_exports_equal_the_headers():
    listing = subprocess.run(
        ["nm", "-D", "--defined-only", str(BUILD / "plugin/libbyline.so")],
        check=True, capture_output=True, text=True).stdout
    exported = {line.split()[-1].split("@")[0] for line in listing.splitlines()}
    exported -= {"BYLINE_1"}
    assert exported == declared()


def test_every_declaration_is_marked_for_export():
    for header in HEADERS:
        text = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)
        functions = re.findall(r"^(?!typedef)[a-z][\w\s*]*?\b(byline_\w+)\s*\(", text,
                               flags=re.M)
        assert functions == [], f"{header.name}: {functions}"


def test_an_installed_library_is_enough(tmp_path):
    """A C program builds against what is installed, through pkg-config."""
    prefix = tmp_path / "usr"
    subprocess.run(["cmake", "--install", str(BUILD), "--prefix", str(prefix)],
                   check=True, capture_output=True)
    config = next(prefix.rglob("byline.pc"))
    text = re.sub(r"^prefix=.*$", f"prefix={prefix}", config.read_text(),
                  flags=re.M)
    config.write_text(text)
    program = tmp_path / "consumer.c"
    program.write_text(
        '#include <byline/byline.h>\n#include <stdio.h>\n'
        "int main(void) {\n"
        "  byline_context *context;\n  byline_error error;\n"
        "  if (byline_abi_version() != BYLINE_ABI_VERSION ||\n"
        "      byline_context_new(&context, &error) != BYLINE_OK)\n"
        "    return 1;\n"
        "  puts(byline_context_versions(context));\n"
        "  byline_context_free(context);\n  return 0;\n}\n")
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "byline"], check=True,
        capture_output=True, text=True,
        env={"PKG_CONFIG_PATH": str(config.parent), "PATH": "/usr/bin:/bin"},
    ).stdout.split()
    binary = tmp_path / "consumer"
    library = config.parent.parent
    sanitizers = ["-fsanitize=address,undefined"] if "asan" in BUILD.name else []
    subprocess.run(["gcc", "-std=c11", str(program), "-o", str(binary), *flags,
                    *sanitizers, f"-Wl,-rpath,{library}"], check=True)
    done = subprocess.run([str(binary)], check=True, capture_output=True,
                          text=True)
    assert "Xapian" in done.stdout
    pages = {p.name for p in (prefix / "share/man").rglob("*.?")}
    assert pages == {p.name for p in (SOURCE / "plugin/man").iterdir()}
