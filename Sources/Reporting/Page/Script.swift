/// The page's script: sliders that ask the first screen's question with other weights and prices, and tables that can be sorted
/// and searched. The page is complete without it, and it loads nothing.
///
/// `answer` is the same computation as ``Verdict`` and ``PriceSensitivity``; a test runs it beside them. Where its answer to the
/// page's own question is not the page's, the sliders do not appear.
enum Script {
  /// - Parameter data: the JSON of ``WhatIf`` and the words, without `<`, `>` and `&`.
  static func text(_ data: String) -> String {
    "/*<![CDATA[*/\nconst data = \(data);\n" + recomputation + tables + "if (data.options) whatIf(data);\n/*]]>*/"
  }

  /// JSON without any character that could end the script, mean something in XML, or be forbidden there.
  static func safe(_ json: String) -> String {
    var output = ""
    for scalar in json.unicodeScalars {
      switch scalar {
      case "<": output += "\\u003c"
      case ">": output += "\\u003e"
      case "&": output += "\\u0026"
      case "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// Pure: what comes first for weights of the metrics (any scale) and factors on the prices.
  static let recomputation = """
    function mean(values) { return values.reduce((sum, x) => sum + x, 0) / values.length; }
    function isNear(a, b) { return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)); }
    function utilityAt(points, target) {
      let upper = 1;
      while (upper < points.length - 1 && points[upper][0] < target) upper += 1;
      const [low, high] = [points[upper - 1], points[upper]];
      return low[1] + (target - low[0]) / (high[0] - low[0]) * (high[1] - low[1]);
    }
    function weighed(data, weights, total, values, add) {
      for (let m = 0; m < weights.length; m += 1) {
        if (weights[m] === 0) continue;
        if (values[m] === null) return false;
        add(weights[m] / total * data.metrics[m].scale, values[m]);
      }
      return true;
    }
    function answer(data, weights, factors) {
      const total = weights.reduce((sum, x) => sum + x, 0);
      if (!(total > 0)) return null;
      const changed = factors.some((x) => x !== 1);
      const rows = [];
      data.options.forEach((option, place) => {
        const scores = new Array(data.seeds).fill(0);
        const complete = weighed(data, weights, total, option.values, (factor, values) => {
          values.forEach((x, seed) => { scores[seed] += factor * x; });
        });
        if (!complete) return;
        let value = mean(scores);
        if (changed) {
          const points = [];
          for (const level of option.levels) {
            let utility = 0;
            if (!weighed(data, weights, total, level.means, (factor, x) => { utility += factor * x; })) return;
            points.push([Math.log(level.spending.reduce((sum, x, i) => sum + x * factors[i], 0)), utility]);
          }
          if (points.length < 2) return;
          points.sort((a, b) => a[0] - b[0]);
          value = utilityAt(points, Math.log(data.budget));
        }
        rows.push({ place, value, scores });
      });
      rows.sort((a, b) => isNear(a.value, b.value) ? a.place - b.place : b.value - a.value);
      if (rows.length === 0) return null;
      const found = { first: rows[0].place, score: rows[0].value, order: rows.map((row) => row.place) };
      if (rows.length > 1) {
        found.second = rows[1].place;
        found.lead = rows[0].value - rows[1].value;
        if (!changed && data.seeds > 1) {
          const differences = rows[0].scores.map((x, seed) => x - rows[1].scores[seed]);
          const center = mean(differences);
          const squares = differences.reduce((sum, x) => sum + (x - center) * (x - center), 0);
          const reach = data.quantile * Math.sqrt(squares / (data.seeds - 1) / data.seeds);
          found.interval = [center - reach, center + reach];
        }
      }
      return found;
    }

    """

  private static let tables = """
    function decimal(x, digits, sign) {
      const text = Math.abs(x).toFixed(digits);
      return (x < 0 && Number(text) !== 0 ? "\u{2212}" : (sign ? "+" : "")) + text;
    }
    function filled(template, parts) { return template.replace(/\\{(\\d)\\}/g, (_, i) => parts[Number(i)]); }
    function made(name, parent, text) {
      const element = document.createElement(name);
      if (text !== undefined) element.textContent = text;
      parent.appendChild(element);
      return element;
    }
    function slider(parent, title, range, start, shown, changed) {
      const label = made("label", parent);
      made("span", label, title);
      const input = made("input", label);
      Object.assign(input, { type: "range", min: range[0], max: range[1], step: range[2], value: start });
      const output = made("output", label, shown(start));
      input.addEventListener("input", () => { output.textContent = shown(Number(input.value)); changed(Number(input.value)); });
      return () => { input.value = start; output.textContent = shown(start); };
    }
    function whatIf(data) {
      const weights = data.metrics.map((metric) => metric.weight);
      const factors = data.items.map(() => 1);
      const own = answer(data, weights, factors);
      const same = own !== null && own.first === data.answer.first && isNear(own.score, data.answer.score);
      const place = document.getElementById("what-if");
      if (!same || place === null) return;
      place.hidden = false;
      const words = data.words;
      const result = made("p", place);
      result.className = "what-if";
      result.setAttribute("aria-live", "polite");
      const say = () => {
        const found = answer(data, weights, factors);
        if (found === null) { result.textContent = words.nothing; return; }
        const parts = [data.options[found.first].name, decimal(found.score, 1)];
        let text = filled(found.first === own.first ? words.same : words.other, parts);
        if (found.second !== undefined) {
          const range = found.interval;
          text += filled(range ? words.next : words.behind, [data.options[found.second].name, decimal(found.lead, 1)]
            .concat(range ? [decimal(range[0], 1, true), decimal(range[1], 1, true)] : []));
        }
        result.textContent = text;
      };
      const resets = [];
      const box = made("div", place);
      box.className = "sliders";
      made("h4", box, words.weights);
      const sum = weights.reduce((total, x) => total + x, 0);
      data.metrics.forEach((metric, m) => {
        resets.push(slider(box, metric.title, [0, 100, 5], Math.round(metric.weight / sum * 100),
          (x) => String(x), (x) => { weights[m] = x; say(); }));
      });
      if (data.items.length > 0) {
        made("h4", box, words.prices);
        data.items.forEach((item, i) => {
          resets.push(slider(box, item, [-3, 3, 0.25], 0, (x) => "\u{D7} " + Math.pow(2, x).toFixed(2),
            (x) => { factors[i] = Math.pow(2, x); say(); }));
        });
      } else { made("p", box, words.onePrice); }
      const button = made("button", place, words.reset);
      button.type = "button";
      button.addEventListener("click", () => {
        data.metrics.forEach((metric, m) => { weights[m] = metric.weight; });
        factors.fill(1);
        resets.forEach((reset) => reset());
        say();
      });
      say();
    }
    function sortKey(cell) {
      const first = cell.querySelector("a, code");
      const text = (first || cell.childNodes[0] || cell).textContent.trim();
      const number = Number(text.replace(/[,\\s%<>+]/g, "").replace("\u{2212}", "-"));
      return { text, number: text !== "" && Number.isFinite(number) ? number : null };
    }
    function sortable(table) {
      const heads = table.tHead ? Array.from(table.tHead.rows[0].cells) : [];
      const body = table.tBodies[0];
      if (!body || body.rows.length < 3) return;
      heads.forEach((head, column) => {
        if (head.textContent.trim() === "") return;
        head.tabIndex = 0;
        head.classList.add("sortable");
        const sort = () => {
          const descending = head.getAttribute("aria-sort") !== "descending";
          heads.forEach((other) => other.removeAttribute("aria-sort"));
          head.setAttribute("aria-sort", descending ? "descending" : "ascending");
          const rows = Array.from(body.rows).map((row) => ({ row, key: sortKey(row.cells[column]) }));
          rows.sort((a, b) => {
            if (a.key.number !== null && b.key.number !== null) {
              return descending ? b.key.number - a.key.number : a.key.number - b.key.number;
            }
            if ((a.key.number === null) !== (b.key.number === null)) return a.key.number === null ? 1 : -1;
            return descending ? b.key.text.localeCompare(a.key.text) : a.key.text.localeCompare(b.key.text);
          });
          rows.forEach((entry) => body.appendChild(entry.row));
        };
        head.addEventListener("click", sort);
        head.addEventListener("keydown", (event) => { if (event.key === "Enter") sort(); });
      });
      if (body.rows.length < 12) return;
      const search = document.createElement("input");
      Object.assign(search, { type: "search", placeholder: data.words.search });
      search.setAttribute("aria-label", data.words.search);
      search.addEventListener("input", () => {
        const wanted = search.value.trim().toLowerCase();
        for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      });
      table.parentElement.insertBefore(search, table);
    }
    document.querySelectorAll(".scroll > table").forEach(sortable);

    """
}
