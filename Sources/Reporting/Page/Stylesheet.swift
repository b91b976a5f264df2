/// The style of the page: light and dark by the reader's preference, one column that fits a phone, wide tables in their
/// own boxes. No `<` and no `&`, so that it is valid inside XML too.
enum Stylesheet {
  static let text = [colours, page, decision, answer, tables, plots].joined(separator: "\n")

  private static let colours = """
    :root { color-scheme: light dark;
      --paper: #fbfaf7; --card: #ffffff; --ink: #1c2126; --soft: #59626b; --line: #dcd9d2; --accent: #0b5cad;
      --good: #0b6e4f; --good-back: #dff3ea; --open: #8a5200; --open-back: #fdeed3; --none: #59626b; --none-back: #ecebe7;
      --up1: #e3eefa; --up2: #c3dcf5; --up3: #99c4ee; --down1: #fcebdc; --down2: #f9d3b0; --down3: #f3b47c;
      --better: #0b5cad; --worse: #b4540a; --hover: rgb(11 92 173 / 7%);
      --p0: #4477aa; --p1: #cc6677; --p2: #228833; --p3: #c9a227; --p4: #8b8b8b; }
    @media (prefers-color-scheme: dark) { :root {
      --paper: #14171a; --card: #1d2125; --ink: #e8e6e1; --soft: #a3abb3; --line: #373d43; --accent: #7db8f0;
      --good: #6fd3ab; --good-back: #173a2e; --open: #f0bb66; --open-back: #412f12; --none: #a3abb3; --none-back: #2b3036;
      --up1: #1b2c3d; --up2: #1f4061; --up3: #22568a; --down1: #3a2a1b; --down2: #5b3b1c; --down3: #80501c;
      --better: #7db8f0; --worse: #f0a35e; --hover: rgb(125 184 240 / 12%);
      --p0: #6f9fd0; --p1: #e08a98; --p2: #5fb56c; --p3: #d9bd5c; --p4: #8b8f94; } }
    """

  private static let page = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
    header, main { max-width: 1180px; margin: 0 auto; padding: 0 20px; }
    header { padding-top: 36px; }
    h1 { font-size: clamp(1.7rem, 5vw, 2.5rem); line-height: 1.15; margin: 0 0 .4rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
    h2 { font-size: 1.5rem; line-height: 1.25; margin: 3.2rem 0 .8rem; padding-top: .9rem; border-top: 2px solid var(--ink); }
    h3 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; }
    h4 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
    p, li { max-width: 76ch; }
    p { margin: 0 0 .8rem; }
    ul { padding-left: 1.2rem; margin: 0 0 1rem; }
    li { margin-bottom: .4rem; }
    a { color: var(--accent); }
    code { overflow-wrap: anywhere; font: .92em/1.4 ui-monospace, "SFMono-Regular", Menlo, "DejaVu Sans Mono", monospace; }
    pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; overflow-x: auto;
      font: .85rem/1.5 ui-monospace, "SFMono-Regular", Menlo, "DejaVu Sans Mono", monospace; }
    .eyebrow { text-transform: uppercase; letter-spacing: .08em; font-size: .8rem; color: var(--soft); margin: 0 0 .4rem; }
    .subtitle { color: var(--soft); font-size: 1.05rem; }
    .subtitle.small { font-size: .88rem; margin-top: -.5rem; }
    .banner { background: var(--open-back); color: var(--open); border-left: 6px solid var(--open); border-radius: 8px; padding: 10px 14px; max-width: none; }
    .skip { position: absolute; left: -999px; }
    .skip:focus { left: 20px; top: 8px; }
    nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; padding: .7rem 0; margin: 0;
      border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); font-size: .92rem; }
    nav li { margin: 0; }
    main > section:first-child h2 { border-top: 0; margin-top: 1rem; }
    nav { margin-top: 2.4rem; }
    .appendix { margin-top: 4rem; padding: .8rem 1rem; background: var(--none-back); border-radius: 8px; color: var(--soft); }
    .appendix p { margin: 0; }
    footer { margin: 3rem 0; color: var(--soft); font-size: .9rem; border-top: 1px solid var(--line); padding-top: 1rem; }
    details { margin: 0 0 .6rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: 0 14px; }
    summary { cursor: pointer; padding: .55rem 0; font-weight: 600; }
    details[open] { padding-bottom: 10px; }
    details > p { margin: .7rem 0 .2rem; font-size: .92rem; }
    """

  private static let decision = """
    .decision { background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--accent); border-radius: 10px; padding: 18px 22px 8px; }
    .decision .verdict { font-size: clamp(1.25rem, 3.4vw, 1.7rem); line-height: 1.3; font-weight: 650; margin: 0 0 .35rem; overflow-wrap: anywhere; }
    .decision .plain { font-size: 1.06rem; color: var(--soft); }
    .decision .worth { font-size: 1.12rem; font-weight: 600; border-left: 3px solid var(--accent); padding-left: .7rem; }
    .decision .eyebrow { text-transform: none; letter-spacing: 0; font-size: .86rem; }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 6px 36px; border-top: 1px solid var(--line); margin-top: 1rem; padding-top: .4rem; }
    .facts h3 { font-size: 1rem; margin: .7rem 0 .3rem; }
    .facts p, .facts li { font-size: .95rem; margin-bottom: .4rem; }
    .plainlist { padding-left: 1.1rem; margin: 0 0 .5rem; }
    .picture { max-width: 720px; }
    .picture h3 { margin-bottom: .3rem; }
    section a { color: inherit; text-decoration: underline dotted; text-decoration-thickness: 1px; text-underline-offset: .2em; text-decoration-color: var(--soft); }
    section a:hover { color: var(--accent); }
    :target { background: var(--none-back); outline: 2px solid var(--accent); }
    section:target { background: none; outline: 0; }
    .trials td code { user-select: all; }
    .sliders { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 2px 28px; margin: 0 0 .6rem; }
    .sliders h4, .sliders > p { grid-column: 1 / -1; margin: .6rem 0 .2rem; }
    .sliders label { display: grid; grid-template-columns: 9.5em minmax(0, 1fr) 3.6em; gap: 8px; align-items: center; font-size: .9rem; }
    .sliders label span { overflow-wrap: anywhere; }
    .sliders input { width: 100%; accent-color: var(--accent); }
    .sliders output { text-align: right; font-variant-numeric: tabular-nums; }
    .what-if { font-size: 1.08rem; font-weight: 600; }
    button { font: inherit; font-size: .9rem; padding: .25rem .8rem; border: 1px solid var(--line); border-radius: 6px; background: var(--card); color: var(--ink); cursor: pointer; }
    .scroll > input { font: inherit; font-size: .86rem; margin: 8px 12px 0; padding: .2rem .5rem; width: min(22em, calc(100% - 24px)); border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink); }
    .sortable { cursor: pointer; }
    [aria-sort=descending]::after { content: " ▾"; } [aria-sort=ascending]::after { content: " ▴"; }
    .grids { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 360px), 1fr)); gap: 14px 22px; padding-top: 6px; }
    .grids figcaption { font-size: .86rem; margin-bottom: .3rem; }
    svg.pictures { display: block; width: 100%; max-width: 460px; height: auto; }
    .pictures image { image-rendering: pixelated; }
    .pictures text { fill: var(--ink); font: 10px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
    """

  private static let answer = """
    .lead p { font-size: 1.12rem; max-width: 72ch; }
    .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); gap: 14px; margin: 1.4rem 0 1.8rem; }
    .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px 10px; }
    .card h3, .card h4 { margin: 0; font-size: 1.02rem; }
    .card p { margin-bottom: .55rem; font-size: .95rem; }
    .card .meaning { color: var(--soft); font-size: .84rem; line-height: 1.4; }
    .card .winner { font-size: 1.3rem; font-weight: 650; margin: .6rem 0 .5rem; display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: center; overflow-wrap: anywhere; }
    .card .small { color: var(--soft); font-size: .88rem; }
    .badge { font-size: .76rem; font-weight: 600; padding: .15rem .55rem; border-radius: 99px; white-space: nowrap; }
    .badge.clear { color: var(--good); background: var(--good-back); }
    .badge.clear::before { content: "✓ "; }
    .badge.open { color: var(--open); background: var(--open-back); }
    .badge.open::before { content: "≈ "; }
    .badge.none { color: var(--none); background: var(--none-back); }
    .badge.none::before { content: "? "; }
    """

  private static let tables = """
    .scroll { container-type: inline-size; overflow-x: auto; margin: 0 0 1.2rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
    .scroll:focus-visible { outline: 2px solid var(--accent); }
    details .scroll { border: 0; margin: 0; }
    table { border-collapse: collapse; width: 100%; font-size: .88rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
    caption { caption-side: top; text-align: left; color: var(--soft); font-size: .84rem; padding: 10px 12px 6px; }
    caption span { display: inline-block; position: sticky; left: 12px; max-width: min(86ch, calc(100vw - 54px)); max-width: min(86ch, calc(100cqw - 24px)); }
    th, td { padding: 5px 10px; text-align: left; vertical-align: middle; border-top: 1px solid var(--line); }
    tbody tr:hover > * { background-image: linear-gradient(var(--hover), var(--hover)); }
    thead th { border-top: 0; min-width: 3.6em; font-weight: 600; vertical-align: bottom; color: var(--soft); }
    tbody th { font-weight: 500; white-space: nowrap; position: sticky; left: 0; background: var(--card); }
    .n, .num td { text-align: right; white-space: nowrap; }
    .num td.l { text-align: left; white-space: normal; }
    .num td.name { white-space: nowrap; }
    thead .n { white-space: normal; }
    .strong { font-weight: 700; }
    tr.oracle th, tr.oracle td { color: var(--soft); font-style: italic; }
    tr.reference th { font-weight: 700; }
    tr.total th, tr.total td { border-top: 2px solid var(--line); font-weight: 600; }
    .flag { font-size: .75rem; font-style: normal; color: var(--open); background: var(--open-back); border-radius: 99px; padding: .1rem .45rem; margin-top: 1px; display: block; width: max-content; }
    .name { white-space: nowrap; }
    .wordy tbody th { white-space: normal; }
    .prose { min-width: 14ch; overflow-wrap: anywhere; }
    td b, td i { display: block; font-weight: inherit; font-style: normal; }
    td i { font-size: .76rem; color: var(--soft); font-weight: 400; }
    .heat td > a { display: block; font-weight: 600; }
    .heat td b { font-size: .82rem; font-weight: 400; }
    .heat td i { font-size: .72rem; }
    .up1 { background: var(--up1); } .up2 { background: var(--up2); } .up3 { background: var(--up3); }
    .down1 { background: var(--down1); } .down2 { background: var(--down2); } .down3 { background: var(--down3); }
    .up2 i, .up3 i, .down2 i, .down3 i { color: inherit; }
    .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 500px), 1fr)); gap: 0 16px; align-items: start; }
    .pair > *, figure > * { min-width: 0; }
    .strip-cell { min-width: 110px; width: 45%; }
    .ledger .strip-cell { min-width: 140px; width: 45%; }
    .ranking tbody th { white-space: normal; }
    .folds { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr)); gap: 8px; margin-bottom: 1.2rem; }
    .folds details { margin: 0; min-width: 0; }
    .folds details[open] { grid-column: 1 / -1; }
    """

  private static let plots = """
    svg.strip { display: block; width: 100%; overflow: visible; }
    .defs { position: absolute; }
    .zero { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 2; }
    .whisker { stroke: var(--ink); stroke-width: 1.5; }
    .strip .whisker { stroke-width: 2.5; }
    .dot { fill: var(--card); stroke: var(--ink); stroke-width: 1.8; }
    .dot.better { stroke: var(--better); } .dot.worse { stroke: var(--worse); }
    .dot.clear.better { fill: var(--better); } .dot.clear.worse { fill: var(--worse); }
    .beyond { font-size: 13px; } .beyond.better { fill: var(--better); } .beyond.worse { fill: var(--worse); }
    .dot.reference { fill: var(--soft); stroke: var(--soft); }
    .p0 { fill: var(--p0); } .p1 { fill: var(--p1); } .p2 { fill: var(--p2); } .p3 { fill: var(--p3); } .p4 { fill: var(--p4); }
    .part { stroke: var(--card); stroke-width: 1; }
    .hatching { stroke: var(--card); stroke-width: 3.4; stroke-opacity: .75; }
    rect.hatch { fill: url(#hatch); }
    figure { margin: 0; }
    .note { font-size: .84rem; color: var(--soft); }
    svg.plot { display: block; width: 100%; max-width: 520px; height: auto; margin: 0 auto .6rem; overflow: visible; }
    .plot text { fill: var(--ink); font: 11px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
    .plot .tick { fill: var(--soft); font-size: 10.5px; }
    .gridline { stroke: var(--line); stroke-width: 1; }
    svg.plot.wide { max-width: 560px; margin-left: 0; }
    .gain { stroke: var(--accent); stroke-width: 2.4; stroke-opacity: .55; }
    .best { fill: var(--soft); } .best.recommended { fill: var(--accent); }
    .plot .label.recommended { font-weight: 700; fill: var(--accent); }
    .axis { stroke: var(--soft); stroke-width: 1; }
    .front { fill: none; stroke: var(--accent); stroke-width: 1.2; stroke-dasharray: 4 3; }
    .mark { stroke-width: 1.2; }
    .mark.onFront { fill: var(--accent); stroke: var(--accent); }
    .mark.ambiguous { fill: var(--open-back); stroke: var(--open); stroke-width: 1.6; }
    .mark.dominated { fill: none; stroke: var(--soft); stroke-opacity: .6; }
    .mark.shape { fill: var(--soft); stroke: var(--soft); }
    .curve { fill: none; stroke: var(--soft); stroke-width: 1.1; stroke-opacity: .7; }
    .curve.leader { stroke: var(--accent); stroke-width: 2.6; stroke-opacity: 1; }
    .curve.reference { stroke: var(--ink); stroke-width: 1.8; stroke-dasharray: 5 3; stroke-opacity: 1; }
    .node { fill: var(--soft); } .node.leader { fill: var(--accent); } .node.reference { fill: var(--ink); }
    .plot .label.leader { font-weight: 700; fill: var(--accent); }
    .plot .label.reference { font-weight: 700; }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; padding: 0; font-size: .86rem; }
    .legend li { display: flex; align-items: center; gap: .35rem; margin: 0; }
    @media (max-width: 640px) {
      header, main { padding-left: 14px; padding-right: 14px; }
      h2 { font-size: 1.3rem; }
      .lead p { font-size: 1.04rem; }
      th, td { padding: 5px 7px; }
      tbody th { white-space: normal; overflow-wrap: break-word; min-width: 8.6em; max-width: 44vw; }
      tbody td:not(.n):not(.name) { min-width: 7em; }
      .num tbody td { min-width: 0; }
      .num tbody td.l { min-width: 7em; }
    }
    @media print {
      body { background: none; }
      .scroll { overflow: visible; border: 0; }
      nav, .skip { display: none; }
    }
    """
}
