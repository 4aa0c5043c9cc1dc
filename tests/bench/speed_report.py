"""The figures of tests/bench/run as text, as a table for README.md, and as a
picture."""
import statistics
from xml.sax.saxutils import escape

MB = 1000000
BEGIN = "<!-- Written by tests/bench/run --write. -->\n"
END = "<!-- So far. -->\n"


# ---- Figures ----

def middle(entry, key):
    return statistics.median(run[key] for run in entry["runs"])


def size_of(entry, key):
    """Of the first run; None where there is none."""
    return entry["runs"][0].get(key)


def base_of(record):
    """What ratios are to: Xapian, or where that took too long, our own."""
    rows = record["rows"]
    done = [name for name, entry in rows.items() if entry["runs"]]
    return "xapian" if "xapian" in done else done[0] if done else None


def ratios(record, name, base):
    """How many times as fast as the base, in each round that has both."""
    rows = record["rows"]
    seconds = {run["round"]: run["wall"] for run in rows[base]["runs"]}
    return [seconds[run["round"]] / run["wall"] for run in rows[name]["runs"]
            if run["round"] in seconds]


def text_mb(record):
    return record["figures"]["bytes"] / MB


def speed(record, name):
    """MB of text a second; None if the row was not measured."""
    entry = record["rows"].get(name)
    if not entry or not entry["runs"]:
        return None
    return text_mb(record) / middle(entry, "wall")


def speed_text(record, name):
    value = speed(record, name)
    if value:
        return f"{value:.1f}"
    estimate = record["rows"].get(name, {}).get("estimate")
    return f"about {text_mb(record) / estimate:.1f}" if estimate else "–"


def spread(values):
    if not values:
        return ""
    text = f"{statistics.median(values):.2f}"
    if len(values) > 1:
        text += f" ({min(values):.2f}–{max(values):.2f})"
    return text


def why_not(entry):
    """Of a row that was not measured."""
    if entry.get("estimate"):
        return f"{entry['error']}: about {entry['estimate']:.0f} s"
    return entry.get("error", "was not run")


# ---- Text ----

def table_line(record, name):
    entry = record["rows"][name]
    line = f"{entry['label']:40}"
    if not entry["runs"]:
        return line + "  " + why_not(entry)
    wall = middle(entry, "wall")
    compacted = size_of(entry, "compacted")
    line += (f"{wall:8.2f}{middle(entry, 'cpu'):8.2f}"
             f"{text_mb(record) / wall:8.2f}"
             f"{record['figures']['articles'] / wall:10.0f}"
             f"{spread(ratios(record, name, base_of(record))):>20}"
             f"{max(run['peak'] for run in entry['runs']) / MB:8.0f}"
             f"{size_of(entry, 'disk') / MB:8.1f}"
             f"{f'{compacted / MB:.1f}' if compacted else '':>10}")
    return line + (f"  {entry['error']}" if "error" in entry else "")


def own_ratios(record):
    """Of our rows to every other."""
    rows = record["rows"]
    lines = []
    for name, entry in rows.items():
        if not entry["ours"] or not entry["runs"]:
            continue
        lines += ["", f"{entry['label']}: how many times as fast as"]
        lines += [f"{spread(ratios(record, name, other)):>20}  {e['label']}"
                  for other, e in rows.items() if other != name and e["runs"]]
    return lines


def terminal(record):
    base = base_of(record)
    lines = ["", f"{'':40}{'clock':>8}{'CPU':>8}{'text':>8}{'articles':>10}"
             f"{'times as fast':>20}{'peak':>8}{'disk':>8}{'compacted':>10}",
             f"{'':40}{'s':>8}{'s':>8}{'MB/s':>8}{'a second':>10}"
             f"{'as ' + (base or '-'):>20}{'MB':>8}{'MB':>8}{'MB':>10}"]
    lines += [table_line(record, name) for name in record["rows"]]
    lines += own_ratios(record)
    if "parts" in record:
        lines += ["", f"{'parts of the work, one thread':40}{'':8}{'CPU':>8}"
                  f"{'text':>8}"]
        lines += [f"{name:40}{'':8}{cpu:8.2f}{text_mb(record) / cpu:8.1f}"
                  for name, cpu in record["parts"].items()]
    return "\n".join(lines) + "\n"


def machine_text(results):
    m = results["machine"]
    return (f"{m['cores']} cores of {m['cpu']}, {m['memory'] / 1e9:.0f} GB of "
            "memory; " + ", ".join(f"{product} {version}" for product, version
                                   in m["versions"].items()))


def notes(results):
    """What each row does: without it the figures say little."""
    entries = {}
    for record in results["sizes"].values():
        entries.update(record["rows"])
    return "\n".join([f"{e['label']}: {e['note']}." for e in entries.values()] +
                     ["Memory is that of the largest process.",
                      machine_text(results)])


# ---- Markdown ----

def by_speed(results):
    """Names of rows, the fastest first; by the largest size that each has."""
    found = {}
    for record in results["sizes"].values():
        for name in record["rows"]:
            found[name] = speed(record, name) or found.get(name, 0)
    return sorted(found, key=lambda name: -found[name])


def markdown(results):
    sizes = results["sizes"]
    largest = list(sizes.values())[-1]
    base = largest["rows"][base_of(largest)]["label"]
    heads = [f"{size} MB" for size in sizes]
    lines = [f"| MB of text a second | {' | '.join(heads)} | times as fast as "
             f"{base} | peak memory, MB | on disk, MB | what it stores, stems, "
             "syncs |", "| --- " + "| ---: " * (len(heads) + 3) + "| --- |"]
    for name in by_speed(results):
        entry = largest["rows"].get(name)
        if not entry:
            continue
        cells = [speed_text(record, name) for record in sizes.values()]
        if entry["runs"]:
            compacted = size_of(entry, "compacted")
            disk = f"{size_of(entry, 'disk') / MB:.0f}"
            cells += [spread(ratios(largest, name, base_of(largest))),
                      f"{max(run['peak'] for run in entry['runs']) / MB:.0f}",
                      disk + (f" ({compacted / MB:.0f} compacted)"
                              if compacted else "")]
        else:
            cells += [why_not(entry), "–", "–"]
        label = f"**{entry['label']}**" if entry["ours"] else entry["label"]
        lines.append(f"| {label} | {' | '.join(cells)} | {entry['note']} |")
    return "\n".join(lines) + "\n"


def parts_markdown(results):
    largest = list(results["sizes"].values())[-1]
    parts = [f"{name} {text_mb(largest) / cpu:.0f}"
             for name, cpu in largest.get("parts", {}).items()]
    if not parts:
        return ""
    return ("Parts of the work by themselves, in MB of text for each second of "
            f"the processor: {', '.join(parts)}.\n")


def section(results):
    sizes = results["sizes"]
    largest = list(sizes)[-1]
    texts = "; ".join(record["text"] for record in sizes.values())
    return (f"![MB of text a second, for each program](fixtures/speed.svg)\n\n"
            f"{markdown(results)}\n"
            f"Medians of {rounds_text(sizes)}, in turns; ratios (and their "
            "spread), memory of the largest process, and disk at "
            f"{largest} MB. {machine_text(results)}. Made-up articles: "
            f"{texts}.\n\n"
            f"{parts_markdown(results)}")


def rounds_text(sizes):
    def count(record):
        return max([len(e["runs"]) for e in record["rows"].values()] or [0])
    return " and ".join(
        f"{n} round{'s' * (n != 1)} at {size} MB"
        for size, n in ((size, count(record)) for size, record in
                        sizes.items()))


def write(results, readme, picture):
    """Into the marked part of the README, and the picture beside."""
    text = readme.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    readme.write_text(before + BEGIN + section(results) + END + after,
                      encoding="utf-8")
    picture.write_text(svg(results), encoding="utf-8")


# ---- Picture ----

STYLE = """
.back { fill: #ffffff }
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.ours { font-weight: 600 }
.axis { stroke: #8c959f }
.s0 { fill: #8c959f } .s1 { fill: #59636e } .s2 { fill: #32383f }
.ours.s0 { fill: #6cb0f5 } .ours.s1 { fill: #0969da } .ours.s2 { fill: #0a3069 }
@media (prefers-color-scheme: dark) {
.back { fill: #0d1117 }
text { fill: #e6edf3 }
.s0 { fill: #59636e } .s1 { fill: #9198a1 } .s2 { fill: #d1d7e0 }
.ours.s0 { fill: #1f6feb } .ours.s1 { fill: #79c0ff } .ours.s2 { fill: #cae8ff }
}
"""
WIDTH, LABEL, BAR, GAP, TOP = 800, 290, 13, 10, 44


def legend(sizes):
    parts, x = [], LABEL
    for n, size in enumerate(sizes):
        parts.append(f'<rect class="ours s{n}" x="{x}" y="14" width="12" '
                     f'height="12"/><text x="{x + 18}" y="25">{size} MB</text>')
        x += 100
    return parts


def svg(results):
    """Bars of MB a second, one for each program and size."""
    sizes = dict(list(results["sizes"].items())[:3])
    names = [name for name in by_speed(results)
             if any(speed(record, name) for record in sizes.values())]
    most = max(speed(record, name) or 0 for record in sizes.values()
               for name in names)
    scale = (WIDTH - LABEL - 60) / most
    parts, y = legend(sizes), TOP
    for name in names:
        entry = next(record["rows"][name] for record in sizes.values()
                     if name in record["rows"])
        ours = "ours " if entry["ours"] else ""
        center = y + BAR * len(sizes) / 2 + 5
        parts.append(f'<text class="{ours.strip()}" x="{LABEL - 10}" '
                     f'y="{center:.0f}" text-anchor="end">'
                     f'{escape(entry["label"])}</text>')
        for n, record in enumerate(sizes.values()):
            value = speed(record, name)
            if value:
                parts.append(
                    f'<rect class="{ours}s{n}" x="{LABEL}" y="{y}" '
                    f'width="{max(value * scale, 1):.1f}" height="{BAR - 1}"/>'
                    f'<text x="{LABEL + value * scale + 6:.1f}" y="{y + 11}">'
                    f'{value:.1f}</text>')
            y += BAR
        y += GAP
    parts.append(f'<line class="axis" x1="{LABEL}" x2="{LABEL}" y1="{TOP - 4}" '
                 f'y2="{y - GAP + 4}"/>')
    title = "MB of text indexed a second"
    return ('<svg xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="0 0 {WIDTH} {y}" '
            f'width="{WIDTH}" height="{y}" role="img"><title>{title}</title>\n'
            f"<style>{STYLE}</style>\n"
            '<rect class="back" width="100%" height="100%" rx="6"/>'
            f'<text class="ours" x="10" y="25">{title}</text>\n' +
            "\n".join(parts) + "\n</svg>\n")
