"""The plot of perf/links: every client's time as a multiple of the ideal, a row for each scenario."""

import html
import math

WIDTH, LEFT, RIGHT, TOP, ROW = 860, 130, 40, 74, 26
MOST = 64
COLOURS = {
    "bulkdl": "#d62f4b",
    "aria2": "#2f7dd1",
    "curl": "#2a9d5c",
    "wget2": "#b7791f",
    "rclone": "#8250df",
    "lftp": "#0a9396",
    "axel": "#8a8a8a",
}
STYLE = """
text { font: 12px sans-serif; fill: #24292f }
.grid { stroke: #d0d7de } .bar { stroke: #8c959f; stroke-width: 2 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .grid { stroke: #3d444d } .bar { stroke: #6e7681 } }
"""


def across(ratio):
    return LEFT + math.log(min(max(ratio, 1), MOST)) / math.log(MOST) * (WIDTH - LEFT - RIGHT)


def text(x, y, words, anchor="start"):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{html.escape(words)}</text>'


def dot(x, y, client):
    size = 6 if client == "bulkdl" else 4.5
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" fill="{COLOURS[client]}"><title>{client}</title></circle>'


def svg(rows):
    """rows: a list of (scenario, {client: ratio}), where only complete downloads have a ratio."""
    height = TOP + ROW * len(rows) + 16
    shapes = [text(8, 18, f"Seconds as a multiple of the ideal; further left is better. Beyond {MOST}, or incomplete: not shown.")]
    clients = [client for client in COLOURS if any(client in ratios for _, ratios in rows)]
    for i, client in enumerate(clients):
        shapes += [dot(LEFT + i * 90, 38, client), text(LEFT + i * 90 + 10, 42, client)]
    for ratio in [1, 2, 4, 8, 16, 32, 64]:
        x = across(ratio)
        shapes.append(f'<line class="grid" x1="{x:.0f}" x2="{x:.0f}" y1="{TOP - 8}" y2="{height - 12}"/>')
        shapes.append(text(x, TOP - 12, f"{ratio} x", "middle"))
    for i, (scenario, ratios) in enumerate(rows):
        y = TOP + ROW * i + 12
        shown = {client: across(ratios[client]) for client in reversed(clients) if ratios.get(client, MOST + 1) <= MOST}
        shapes.append(text(8, y + 4, scenario))
        if shown:
            shapes.append(f'<line class="bar" x1="{min(shown.values()):.1f}" x2="{max(shown.values()):.1f}" y1="{y}" y2="{y}"/>')
        shapes += [dot(x, y, client) for client, x in shown.items()]
    body = "\n".join(shapes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">\n<style>{STYLE}</style>\n{body}\n</svg>\n'
