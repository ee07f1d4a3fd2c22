(async function () {
  "use strict";
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const drawn = JSON.parse(await unpacked("charts"));
  const told = byId("told");

  // The data stand in the page as gzip in base64: as text they would be half of it.
  function unpacked(id) {
    const bytes = Uint8Array.from(atob(byId(id).textContent), (char) => char.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }

  // ---- What a reader chose, which the address of the page holds: #e1?arms=memory,redis&show=e1,e6

  const armNames = Object.keys(drawn.arms);
  const sections = all("[data-section]").map((section) => section.dataset.section);
  const state = { anchor: "", arms: new Set(armNames), show: new Set(sections) };

  function readAddress() {
    const [anchor, query] = decodeURIComponent(location.hash.slice(1)).split("?");
    const chosen = new URLSearchParams(query || "");
    state.anchor = anchor;
    state.arms = subset(chosen.get("arms"), armNames);
    state.show = subset(chosen.get("show"), sections);
  }

  function subset(list, everything) {
    return new Set(list === null ? everything : everything.filter((name) => list.split(",").includes(name)));
  }

  function address(anchor) {
    const chosen = [];
    if (state.arms.size < armNames.length) chosen.push("arms=" + [...state.arms].join(","));
    if (state.show.size < sections.length) chosen.push("show=" + [...state.show].join(","));
    return "#" + anchor + (chosen.length ? "?" + chosen.join("&") : "");
  }

  function writeAddress() {
    history.replaceState(null, "", address(state.anchor));
  }

  function apply() {
    sections.forEach((name) => {
      byId("section-" + name).hidden = !state.show.has(name);
      all('[data-nav="' + name + '"]').forEach((item) => { item.hidden = !state.show.has(name); });
    });
    all("main tbody tr").forEach((row) => {
      const arm = row.dataset.arm;
      row.hidden = arm !== undefined && !state.arms.has(arm);
    });
    all("#filters input").forEach((box) => {
      if (box.name === "arm") box.checked = state.arms.has(box.value);
      if (box.name === "section") box.checked = state.show.has(box.value);
      if (box.name === "family") {
        const own = armNames.filter((arm) => drawn.arms[arm] === box.value);
        const on = own.filter((arm) => state.arms.has(arm)).length;
        box.checked = on === own.length;
        box.indeterminate = on > 0 && on < own.length;
      }
    });
    drawAll();
  }

  function choose(set, names, on) {
    names.forEach((name) => (on ? set.add(name) : set.delete(name)));
    writeAddress();
    apply();
  }

  // ---- The filters themselves

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  }

  function box(name, value, text, picture) {
    const input = element("input", { type: "checkbox", name, value });
    return element("label", {}, input, ...(picture ? [picture] : []), text);
  }

  function buildFilters() {
    const form = byId("filters");
    const families = element("fieldset", {}, element("legend", {}, "Strategies"));
    Object.entries(drawn.families).forEach(([word, title]) => families.append(box("family", word, title, sample(word, 0))));
    const arms = element("fieldset", {}, element("legend", {}, "Arms"));
    armNames.forEach((arm) => arms.append(box("arm", arm, arm)));
    const questions = element("fieldset", {}, element("legend", {}, "Questions"));
    sections.forEach((name) => questions.append(box("section", name, byId(name).textContent.replace(/^E\d+/, (id) => id + " ").replace("Copy link", "").trim())));
    const reset = element("button", { type: "reset" }, "Show everything");
    form.append(families,
      element("details", {}, element("summary", {}, "Each arm"), arms),
      element("details", {}, element("summary", {}, "Each question"), questions), reset);
    form.addEventListener("change", (event) => {
      const { name, value, checked } = event.target;
      if (name === "family") choose(state.arms, armNames.filter((arm) => drawn.arms[arm] === value), checked);
      if (name === "arm") choose(state.arms, [value], checked);
      if (name === "section") choose(state.show, [value], checked);
    });
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      state.arms = new Set(armNames);
      state.show = new Set(sections);
      writeAddress();
      apply();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  // ---- Links to sections, charts and numbers

  function go(anchor, mayFocus, behavior) {
    all(".linked").forEach((one) => one.classList.remove("linked"));
    const target = anchor && byId(anchor);
    if (!target) return;
    const section = target.closest("[data-section]");
    if (section && section.hidden) {
      state.show.add(section.dataset.section);
      writeAddress();
      apply();
    }
    for (let up = target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    const lit = target.tagName === "H2" ? target.closest("section") : target;
    lit.classList.add("linked");
    target.scrollIntoView({ block: target.tagName === "TD" ? "center" : "start", behavior: behavior || "auto" });
    if (mayFocus) {
      if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
      target.focus({ preventScroll: true });
    }
  }

  function copyLink(anchor) {
    state.anchor = anchor;
    writeAddress();
    const link = location.href;
    const say = (word) => toast(word + ": " + link);
    if (!navigator.clipboard) return say("The link");
    return navigator.clipboard.writeText(link).then(() => say("Copied"), () => say("The link"));
  }

  let toasting;
  function toast(text) {
    all(".toast").forEach((old) => old.remove());
    const made = element("div", { class: "toast" }, text);
    document.body.append(made);
    told.textContent = text;
    clearTimeout(toasting);
    toasting = setTimeout(() => made.remove(), 4000);
  }

  // ---- Looks: one colour and one shape a strategy, in every chart

  const shapes = { memory: "circle", redis: "square", jdbc: "wye", object: "star", jwt: "triangle", remembered: "triangle", hybrid: "diamond", peer: "cross", floor: "plus", other: "circle" };
  const several = ["circle", "square", "triangle", "diamond", "star", "wye", "cross", "plus", "asterisk", "hexagon"];
  const family = (arm) => drawn.arms[arm] || "other";
  const colour = (arm) => arm === "met" ? "var(--good)" : arm === "missed" ? "var(--bad)" : "var(--" + family(arm) + ")";

  function sample(word, hollow, shape) {
    const size = 13;
    const symbol = d3.symbol(d3["symbol" + name(shape || shapes[word])], 58)();
    const svg = d3.create("svg:svg").node();
    svg.setAttribute("width", size); svg.setAttribute("height", size); svg.setAttribute("viewBox", "-7 -7 14 14"); svg.setAttribute("aria-hidden", "true");
    const path = d3.create("svg:path").node();
    path.setAttribute("d", symbol);
    path.setAttribute("style", "stroke:var(--" + word + ");stroke-width:1.5;fill:" + (hollow ? "none" : "var(--" + word + ")"));
    svg.append(path);
    return svg;
  }

  function name(shape) {
    const named = { diamond: "Diamond", cross: "Times", plus: "Plus", asterisk: "Asterisk", hexagon: "Wye" };
    return named[shape] || shape[0].toUpperCase() + shape.slice(1);
  }

  function plotShape(shape) {
    return shape === "cross" ? "times" : shape;
  }

  // ---- Axes

  function tick(unit) {
    const plain = (v) => d3.format(",~r")(+v.toPrecision(6));
    return {
      ns: (v) => v < 1e3 ? plain(v) + " ns" : v < 1e6 ? plain(v / 1e3) + " µs" : v < 1e9 ? plain(v / 1e6) + " ms" : plain(v / 1e9) + " s",
      B: (v) => v < 1024 * 10 && v < 10000 ? plain(v) + " B" : v < 1e6 ? plain(v / 1e3) + " KB" : plain(v / 1e6) + " MB",
      ratio: (v) => "× " + plain(v),
      share: (v) => plain(v * 100) + " %",
    }[unit] || plain;
  }

  function extent(chart, marks, of) {
    const values = marks.flatMap(of).filter((v) => v !== undefined && v !== null);
    chart.rules.forEach((rule) => { values.push(rule.at); if (rule.to !== undefined && rule.to !== null) values.push(rule.to); });
    return d3.extent(values);
  }

  function scale(axis, [least, most]) {
    if (axis.scale !== "LOG") {
      return { type: "linear", domain: [Math.min(0, least), most * 1.02], ticks: d3.ticks(Math.min(0, least), most * 1.02, 5) };
    }
    const low = least > 0 ? least : most / 1e6;
    const domain = [low / 1.35, most * 1.35];
    const decades = d3.range(Math.ceil(Math.log10(domain[0])), Math.floor(Math.log10(domain[1])) + 1).map((power) => 10 ** power);
    const ticks = decades.length > 2 ? decades : decades.length === 2 || decades.length === 1
      ? d3.scaleLog(domain, [0, 1]).ticks(5).filter((v) => [1, 2, 5].includes(Math.round(v / 10 ** Math.floor(Math.log10(v) + 1e-9))))
      : d3.scaleLog(domain, [0, 1]).ticks(4);
    return { type: "log", domain, ticks };
  }

  const present = (v) => v !== undefined && v !== null;
  const speak = (chart, mark) => [mark.row, mark.column, mark.panel && !mark.column.includes(mark.panel) ? mark.panel : ""].filter(Boolean).join(", ") + ": " + mark.text
    + (mark.range ? " (" + mark.range + ")" : "") + (mark.note ? ", " + mark.note : "") + " [" + mark.evidence + "]";

  const textWidth = (() => {
    const pen = document.createElement("canvas").getContext("2d");
    return (text, size, weight) => { pen.font = (weight || 400) + " " + size + "px " + getComputedStyle(document.body).fontFamily; return pen.measureText(text).width; };
  })();

  const widest = (texts, size, weight) => d3.max(texts, (text) => textWidth(text, size, weight)) || 0;
  const shorten = (text, width, size) => {
    if (textWidth(text, size) <= width) return text;
    let cut = text;
    while (cut.length > 4 && textWidth(cut + "…", size) > width) cut = cut.slice(0, -1);
    return cut.trimEnd() + "…";
  };
  const base = { fontSize: "12.5px", fontFamily: "inherit" };

  // ---- Kinds of charts. Each returns an SVG, its marks in it tagged with their index.

  const draw = {
    DOTS(chart, marks, width) {
      const rows = order(chart, marks);
      const ofArms = rowsAreArms(marks);
      const aims = marks.filter((mark) => mark.evidence === "SET");
      const dots = marks.filter((mark) => mark.evidence !== "SET");
      const columns = unique(marks.map((mark) => mark.column));
      const narrow = width < 560;
      const labelWidth = Math.min(widest(rows, 13), narrow ? width * 0.36 : width * 0.42) + 14;
      const ends = rows.map((row) => dots.filter((mark) => mark.row === row)).map((own) => own.reduce((a, b) => (b.value > a.value ? b : a)));
      const valueLabels = ofArms;
      const right = valueLabels ? widest(ends.map(endText), 12.5) + 22 : 18;
      const x = scale(chart.x, extent(chart, marks, (mark) => [mark.value, mark.lo, mark.hi]));
      if (chart.x.scale === "LINEAR" && chart.x.unit === "ratio") {
        const [low, high] = extent(chart, marks, (mark) => [mark.value, mark.lo, mark.hi]);
        x.domain = [low - (high - low) * 0.15, high + (high - low) * 0.15];
        x.ticks = d3.ticks(x.domain[0], x.domain[1], width < 560 ? 3 : 5);
      }
      const rowHeight = 27;
      const symbolOf = (mark) => ofArms ? plotShape(shapes[family(mark.arm)]) : plotShape(several[columns.indexOf(mark.column) % several.length]);
      const hollow = (mark) => columns.length > 1 && ofArms && columns.indexOf(mark.column) > 0;
      function own(mark) { return dots.filter((one) => one.row === mark.row).sort((a, b) => a.value - b.value); }
      function endText(mark) { return own(mark).map((one) => one.text).join(" → "); }
      return Plot.plot({
        width, height: rows.length * rowHeight + 62, marginLeft: labelWidth, marginRight: right, marginTop: chart.rules.length ? 24 : 8, marginBottom: 46, style: base,
        x: { type: x.type, domain: x.domain, label: null, axis: null }, y: { domain: rows, label: null, axis: null, padding: 0.5 },
        symbol: { type: "identity" }, color: { type: "identity" },
        marks: [
          chart.rules.filter((rule) => present(rule.to)).map((rule) => Plot.rect([rule], { x1: "at", x2: "to", fill: "var(--good)", fillOpacity: 0.13 })),
          Plot.gridX(x.ticks, { stroke: "var(--line)", strokeOpacity: 1 }),
          Plot.axisX(x.ticks, { tickFormat: tick(chart.x.unit), tickSize: 0, label: chart.x.label, labelAnchor: "center", labelArrow: "none", labelOffset: 40, fill: "var(--soft)", fontSize: 12 }),
          Plot.ruleY(rows, { y: (row) => row, stroke: "var(--line)", strokeDasharray: "1,3" }),
          Plot.text(rows, { y: (row) => row, text: (row) => shorten(row, labelWidth - 14, 13), frameAnchor: "left", dx: -labelWidth, textAnchor: "start", fill: "var(--ink)", fontSize: 13 }),
          chart.rules.filter((rule) => !present(rule.to)).map((rule) => Plot.ruleX([rule], { x: "at", stroke: "var(--ink)", strokeWidth: 1.25, strokeDasharray: "4,3" })),
          Plot.text(chart.rules, { x: (rule) => rule.at, text: "label", frameAnchor: "top", dy: -14, textAnchor: (rule) => "middle", fill: "var(--soft)", fontSize: 12, filter: (rule) => !present(rule.to) }),
          Plot.ruleY(ends, { y: "row", x1: (mark) => own(mark)[0].value, x2: "value", stroke: (mark) => colour(mark.arm), strokeWidth: 2, strokeOpacity: ofArms ? 0.55 : 0.12 }),
          Plot.ruleY(marks.filter((mark) => present(mark.lo) && mark.hi > mark.lo), { y: "row", x1: "lo", x2: "hi", stroke: (mark) => colour(mark.arm), strokeWidth: 7, strokeOpacity: 0.28, strokeLinecap: "round" }),
          tagged(Plot.tickX(aims, { x: "value", y: "row", stroke: "var(--ink)", strokeWidth: 2, insetTop: -6, insetBottom: -6 }), aims),
          tagged(Plot.dot(dots, { x: "value", y: "row", symbol: symbolOf, r: 5.5, fill: (mark) => hollow(mark) ? "var(--paper)" : colour(mark.arm), stroke: (mark) => colour(mark.arm), strokeWidth: 1.75 }), dots),
          valueLabels ? Plot.text(ends, { y: "row", x: (mark) => Math.max(mark.value, mark.hi || 0), text: endText, textAnchor: "start", dx: 12, fill: "var(--ink)", stroke: "var(--paper)", strokeWidth: 4, fontSize: 12.5, fontVariant: "tabular-nums" }) : null,
        ].flat(),
      });
    },

    BARS(chart, marks, width) {
      const rows = order(chart, marks);
      const columns = unique(marks.map((mark) => mark.column));
      const labelWidth = Math.min(widest(rows, 13), width * 0.4) + 14;
      const total = (row) => d3.sum(marks.filter((mark) => mark.row === row), (mark) => mark.value);
      const label = (row) => marks.filter((mark) => mark.row === row).map((mark) => mark.text).join(" + ");
      const right = widest(rows.map(label), 12.5) + 18;
      const most = Math.max(d3.max(rows, total), ...chart.rules.map((rule) => rule.at));
      const stacked = rows.flatMap((row) => {
        let from = 0;
        return columns.flatMap((column) => marks.filter((mark) => mark.row === row && mark.column === column)).map((mark) => ({ mark, x1: from, x2: (from += mark.value) }));
      });
      return Plot.plot({
        width, height: rows.length * 32 + 60, marginLeft: labelWidth, marginRight: right, marginTop: chart.rules.length ? 24 : 6, marginBottom: 46, style: base,
        x: { domain: [0, most], axis: null }, y: { domain: rows, axis: null, padding: 0.3 }, color: { type: "identity" },
        marks: [
          Plot.gridX({ ticks: 6, stroke: "var(--line)", strokeOpacity: 1 }),
          Plot.axisX({ ticks: width < 560 ? 3 : 6, tickFormat: tick(chart.x.unit), tickSize: 0, label: chart.x.label, labelAnchor: "center", labelArrow: "none", labelOffset: 40, fill: "var(--soft)", fontSize: 12 }),
          Plot.text(rows, { y: (row) => row, text: (row) => shorten(row, labelWidth - 14, 13), frameAnchor: "left", dx: -labelWidth, textAnchor: "start", fill: "var(--ink)", fontSize: 13 }),
          tagged(Plot.barX(stacked, { x1: "x1", x2: "x2", y: (one) => one.mark.row, fill: (one) => colour(one.mark.arm), fillOpacity: (one) => columns.indexOf(one.mark.column) ? 0.32 : 1, stroke: (one) => colour(one.mark.arm), strokeWidth: 1, insetTop: 1, insetBottom: 1 }), marks, stacked.map((one) => one.mark)),
          chart.rules.map((rule) => Plot.ruleX([rule], { x: "at", stroke: "var(--ink)", strokeWidth: 1.25, strokeDasharray: "4,3" })),
          Plot.text(chart.rules, { x: "at", text: "label", frameAnchor: "top", dy: -14, fill: "var(--soft)", fontSize: 12 }),
          Plot.text(rows, { y: (row) => row, x: total, text: label, textAnchor: "start", dx: 8, fill: "var(--ink)", fontSize: 12.5 }),
        ].flat(),
      });
    },

    LINES(chart, marks, width) { return lines(chart, marks, width, "linear"); },
    STEPS(chart, marks, width) { return lines(chart, marks, width, "step-after"); },

    CELLS(chart, marks, width) {
      const rows = order(chart, marks);
      const columns = chart.x.names.filter((name) => marks.some((mark) => mark.column === name));
      const labelWidth = Math.min(widest(rows, 13) + 14, 190);
      const noted = marks.some((mark) => mark.note);
      const cell = Math.max(58, widest(marks.map((mark) => mark.text), 12.5) + 14, noted ? widest(marks.map((mark) => mark.note || ""), 11) + 12 : 0);
      const wide = Math.max(width, labelWidth + columns.length * cell + 4);
      const inner = (wide - labelWidth) / columns.length;
      const steep = widest(columns, 12) > inner - 8;
      const top = steep ? Math.min(120, widest(columns, 12) * 0.72 + 16) : 30;
      const height = noted ? 40 : 29;
      return Plot.plot({
        width: wide, height: rows.length * height + top + 8, marginLeft: labelWidth, marginRight: steep ? 4 : 4, marginTop: top, marginBottom: 6, style: base,
        x: { domain: columns, axis: null, padding: 0.045 }, y: { domain: rows, axis: null, padding: noted ? 0.07 : 0.1 }, color: { type: "identity" },
        marks: [
          Plot.text(columns, { x: (one) => one, frameAnchor: "top", text: (one) => one, dy: -10, dx: steep ? -inner / 2 + 12 : 0, rotate: steep ? -40 : 0, textAnchor: steep ? "start" : "middle", fill: "var(--soft)", fontSize: 12 }),
          Plot.text(rows, { y: (row) => row, text: (row) => shorten(row, labelWidth - 10, 13), frameAnchor: "left", dx: -labelWidth, textAnchor: "start", fill: "var(--ink)", fontSize: 13 }),
          tagged(Plot.cell(marks, { x: "column", y: "row", fill: shade, rx: 3 }), marks),
          Plot.text(marks, { x: "column", y: "row", text: "text", dy: noted ? -1 : 0, lineAnchor: noted ? "bottom" : "middle", fill: "var(--ink)", fontSize: 12.5, fontWeight: 600 }),
          noted ? Plot.text(marks, { x: "column", y: "row", text: (mark) => mark.note || "", dy: 10, fill: "var(--ink)", fontSize: 11 }) : null,
        ],
      });
    },

    RULER(chart, marks, width) {
      const rows = order(chart, marks);
      const labelWidth = Math.min(widest(rows, 13), width * 0.36) + 14;
      const x = scale(chart.x, extent(chart, marks, (mark) => [mark.value]));
      const label = (mark) => shorten(mark.text + (mark.note ? "  " + mark.note : ""), width * 0.24, 12.5);
      const right = widest(marks.map(label), 12.5) + 20;
      const top = widest(chart.rules.map((rule) => rule.label), 12) * 0.72 + 26;
      return Plot.plot({
        width, height: rows.length * 30 + top + 52, marginLeft: labelWidth, marginRight: right, marginTop: top, marginBottom: 46, style: base,
        x: { type: x.type, domain: x.domain, axis: null }, y: { domain: rows, axis: null, padding: 0.42 }, color: { type: "identity" },
        marks: [
          Plot.axisX(x.ticks, { tickFormat: tick(chart.x.unit), tickSize: 0, label: chart.x.label, labelAnchor: "center", labelArrow: "none", labelOffset: 40, fill: "var(--soft)", fontSize: 12 }),
          Plot.text(rows, { y: (row) => row, text: (row) => shorten(row, labelWidth - 14, 13), frameAnchor: "left", dx: -labelWidth, textAnchor: "start", fill: "var(--ink)", fontSize: 13 }),
          tagged(Plot.barX(marks, { x1: x.domain[0], x2: "value", y: "row", fill: "var(--redis)", fillOpacity: (mark) => mark.evidence === "CITED" ? 0.25 : 0.75, stroke: "var(--redis)", strokeDasharray: (mark) => mark.evidence === "CITED" ? "3,2" : "none", rx: 2 }), marks),
          chart.rules.map((rule) => Plot.ruleX([rule], { x: "at", stroke: "var(--ink)", strokeWidth: 1.25 })),
          Plot.text(chart.rules, { x: "at", text: "label", frameAnchor: "top", dy: -6, dx: 3, rotate: -40, textAnchor: "start", fill: "var(--ink)", fontSize: 12 }),
          Plot.text(marks, { y: "row", x: "value", text: label, stroke: "var(--paper)", strokeWidth: 4, textAnchor: "start", dx: 8, fill: "var(--ink)", fontSize: 12.5 }),
        ].flat(),
      });
    },

    TIMELINE(chart, marks, width) { return lines(chart, marks, width, "linear"); },
  };

  function lines(chart, marks, width, curve) {
    const panels = unique(marks.map((mark) => mark.panel || ""));
    if (panels.length === 1) return linesOf(chart, marks, width, curve, marks);
    const beside = Math.min(panels.length, 3);
    const wide = width > (chart.kind === "TIMELINE" ? 500 : 760) ? Math.floor((width - 24 * (beside - 1)) / beside) - 1 : width;
    const holder = element("div", { class: "panels" });
    panels.forEach((panel) => {
      const own = marks.filter((mark) => (mark.panel || "") === panel);
      holder.append(element("div", {}, element("p", {}, panel), linesOf(chart, own, wide, curve, chart.y.label.startsWith("*") ? own : marks, panel)));
    });
    return holder;
  }

  function linesOf(chart, marks, width, curve, together, panel) {
    const rows = order(chart, marks);
    const named = chart.x.scale === "NAMES";
    const x = named ? null : scale(chart.x, d3.extent(marks, (mark) => mark.x));
    const rules = chart.rules.filter((rule) => !rule.panel || rule.panel === panel);
    const y = scale(chart.y, extent({ rules }, together, (mark) => [mark.value, mark.lo, mark.hi]));
    const labels = chart.kind !== "TIMELINE";
    const right = labels ? Math.min(widest(rows, 12.5), width * 0.34) + 20 : 14;
    const height = chart.kind === "TIMELINE" ? 170 : Math.max(300, Math.min(420, width * 0.52));
    const left = widest(y.ticks.map ? y.ticks.map(tick(chart.y.unit)) : ["100,000"], 12) + 14;
    const place = (y.type === "log" ? d3.scaleLog : d3.scaleLinear)(y.domain, [height - 48, 26]);
    const ends = rows.map((row) => marks.filter((mark) => mark.row === row).reduce((a, b) => (b.x > a.x ? b : a)));
    const apart = dodge(ends.map((mark) => place(mark.value)), 15);
    const symbolOf = (mark) => drawn.arms[mark.arm] ? plotShape(shapes[family(mark.arm)]) : plotShape(several[rows.indexOf(mark.row) % several.length]);
    const count = chart.x.names.length;
    return Plot.plot({
      width, height, marginLeft: left, marginRight: right, marginTop: 26, marginBottom: 48, style: base,
      x: named ? { type: "linear", domain: [-0.15, count - 1 + 0.1], axis: null } : { type: x.type, domain: x.domain, axis: null },
      y: { type: y.type, domain: y.domain, axis: null, clamp: true }, color: { type: "identity" }, symbol: { type: "identity" },
      marks: [
        Plot.gridY(y.ticks, { stroke: "var(--line)", strokeOpacity: 1 }),
        Plot.axisY(y.ticks, { tickFormat: tick(chart.y.unit), tickSize: 0, label: null, fill: "var(--soft)", fontSize: 12 }),
        Plot.text([chart.y.label.replace(/^\*/, "")], { frameAnchor: "top-left", dx: -left, dy: -24, textAnchor: "start", fill: "var(--soft)", fontSize: 12, text: (one) => one }),
        Plot.axisX(named ? d3.range(count) : x.ticks, { tickFormat: named ? (i) => chart.x.names[i] : tick(chart.x.unit), tickSize: 0, label: chart.x.label, labelAnchor: "center", labelArrow: "none", labelOffset: 42, fill: "var(--soft)", fontSize: 12 }),
        rules.map((rule) => Plot.ruleY([rule], { y: "at", stroke: "var(--ink)", strokeWidth: 1.25, strokeDasharray: "4,3" })),
        Plot.text(rules, { y: "at", text: "label", frameAnchor: "left", dx: 6, dy: -8, textAnchor: "start", fill: "var(--ink)", fontSize: 12 }),
        Plot.ruleX(marks.filter((mark) => present(mark.lo) && mark.hi > mark.lo), { x: "x", y1: "lo", y2: "hi", stroke: (mark) => colour(mark.arm), strokeWidth: 6, strokeOpacity: 0.26 }),
        labels ? Plot.line(marks, { x: "x", y: "value", z: "row", stroke: (mark) => colour(mark.arm), strokeWidth: 2.25, curve, strokeDasharray: (mark) => family(mark.arm) === "remembered" || family(mark.arm) === "peer" ? "5,4" : "none", sort: "x" }) : null,
        tagged(Plot.dot(marks, { x: "x", y: "value", symbol: symbolOf, r: labels ? 4.75 : 2, fill: (mark) => colour(mark.arm), stroke: "var(--paper)", strokeWidth: labels ? 1 : 0 }), marks),
        labels ? Plot.text(ends, { x: "x", y: (mark) => place.invert(apart[ends.indexOf(mark)]), text: (mark) => shorten(mark.row, right - 16, 12.5), dx: 11, textAnchor: "start", fill: (mark) => colour(mark.arm), fontSize: 12.5, fontWeight: 600 }) : null,
      ].flat(),
    });
  }

  /** Places moved apart so that no two are nearer than a line of text. */
  function dodge(places, gap) {
    const sorted = places.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at);
    for (let round = 0; round < 60; round++) {
      for (let k = 1; k < sorted.length; k++) {
        const near = gap - (sorted[k].at - sorted[k - 1].at);
        if (near > 0.01) { sorted[k].at += near / 2; sorted[k - 1].at -= near / 2; }
      }
    }
    const result = [];
    sorted.forEach((one) => { result[one.i] = one.at; });
    return result;
  }

  function shade(mark) {
    const degree = mark.shade;
    if (!present(degree) || Math.abs(degree) < 0.01) return "var(--panel)";
    const share = Math.round(12 + Math.min(1, Math.abs(degree)) * 68);
    return "color-mix(in oklab, var(--" + (degree < 0 ? "cool" : "warm") + ") " + share + "%, var(--panel))";
  }

  const rowsAreArms = (marks) => marks.every((mark) => mark.row === mark.arm || mark.row.startsWith(mark.arm + ":") || drawn.arms[mark.arm] === undefined);
  const unique = (list) => [...new Set(list)];

  function order(chart, marks) {
    const rows = unique(marks.map((mark) => mark.row));
    return chart.y.names.length ? chart.y.names.filter((name) => rows.includes(name)) : rows;
  }

  // Plot draws a mark's elements in the order of its data and binds their index.
  function tagged(mark, marks, data) {
    mark.tag = (data || marks).map((one) => one);
    const render = mark.render;
    mark.render = function (index, ...rest) {
      const group = render.call(this, index, ...rest);
      const shapesOf = group ? all(":scope > *, :scope > g > *", group).filter((one) => one.tagName !== "g") : [];
      shapesOf.forEach((shape, i) => { const own = mark.tag[index[i]]; if (own) shape.setAttribute("data-mark", own.id); });
      return group;
    };
    return mark;
  }

  function legend(chart, marks) {
    const key = element("ul", { class: "key", "aria-hidden": "true" });
    const columns = unique(marks.map((mark) => mark.column));
    if (chart.kind === "DOTS" && !rowsAreArms(marks)) {
      columns.forEach((column, i) => key.append(element("li", {}, sample(family(marks.find((mark) => mark.column === column).arm), 0, several[i % several.length]), column)));
    } else if ((chart.kind === "DOTS" || chart.kind === "BARS") && columns.length > 1) {
      columns.forEach((column, i) => key.append(element("li", {}, column === "ambition" ? "❘" : sample("other", i, chart.kind === "BARS" ? "square" : "circle"), column)));
    }
    if (chart.kind === "CELLS") key.append(element("li", {}, chart.y.label));
    return key.children.length ? [key] : [];
  }

  function visible(chart) {
    return chart.marks.filter((mark) => drawn.arms[mark.arm] === undefined || state.arms.has(mark.arm));
  }

  function plain(mark) {
    return Object.assign({ arm: "", row: "", column: "", panel: "", text: "", range: "", note: "" }, mark);
  }

  function drawOne(figure) {
    const chart = drawn.charts[figure.dataset.chart];
    const plot = figure.querySelector(".plot");
    const width = Math.floor(plot.clientWidth);
    if (!width) return;
    const marks = visible(chart);
    plot.replaceChildren();
    plot.dataset.width = width;
    if (!marks.length) {
      plot.append(element("p", { class: "filtered" }, "Nothing of this chart is among the arms that you chose."));
      return;
    }
    const picture = draw[chart.kind](chart, marks, width);
    const svgs = picture.tagName === "svg" ? [picture] : all("svg", picture);
    svgs.forEach((svg) => { 
      // Plot names its groups; in a picture that is one thing to a screen reader they may have no names.
      all("[aria-label], [aria-hidden]", svg).forEach((group) => { group.removeAttribute("aria-label"); group.removeAttribute("aria-hidden"); });
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", chart.title + ". " + chart.takeaway);
    });
    plot.append(...legend(chart, marks), picture);
  }

  function drawAll() {
    all("figure[data-chart]").forEach((figure) => {
      // One chart that fails must not take the others and the page's controls with it.
      try { drawOne(figure); } catch (failure) {
        console.error(figure.id, failure);
        figure.querySelector(".plot").replaceChildren(element("p", { class: "filtered" }, "This chart could not be drawn; its values are below."));
      }
    });
  }

  // ---- Values of points: by pointer, and by the arrow keys

  const tip = element("div", { class: "tip", hidden: "", "aria-hidden": "true" });

  function show(plot, shape) {
    all(".lit").forEach((one) => one.classList.remove("lit"));
    if (!shape) { tip.hidden = true; return; }
    const chart = drawn.charts[plot.closest("figure").dataset.chart];
    const mark = chart.marks.find((one) => one.id === shape.dataset.mark);
    all('[data-mark="' + CSS.escape(mark.id) + '"]', plot).forEach((one) => one.classList.add("lit"));
    tip.replaceChildren(element("b", {}, [mark.row, mark.column].filter(Boolean).join(", ")), mark.text + (mark.range ? " (" + mark.range + ")" : "") + (mark.note ? ", " + mark.note : "") + " · " + mark.evidence);
    tip.hidden = false;
    const at = shape.getBoundingClientRect();
    tip.style.left = Math.max(8, Math.min(innerWidth - tip.offsetWidth - 8, at.left + at.width / 2 - tip.offsetWidth / 2)) + "px";
    tip.style.top = (at.top > tip.offsetHeight + 16 ? at.top - tip.offsetHeight - 9 : at.bottom + 9) + "px";
  }

  function watch(plot) {
    const points = () => all("[data-mark]", plot);
    plot.setAttribute("tabindex", "0");
    plot.setAttribute("role", "group");
    const chart = drawn.charts[plot.closest("figure").dataset.chart];
    plot.setAttribute("aria-label", "Chart: " + chart.title + ". Arrow keys step through its values, Enter goes to one in the table.");
    plot.addEventListener("pointermove", (event) => show(plot, event.target.closest("[data-mark]")));
    plot.addEventListener("pointerleave", () => show(plot, null));
    plot.addEventListener("click", (event) => { const shape = event.target.closest("[data-mark]"); if (shape) copyLink(shape.dataset.mark); });
    plot.addEventListener("blur", () => show(plot, null));
    plot.addEventListener("keydown", (event) => {
      const list = points();
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const now = list.findIndex((one) => one.classList.contains("lit"));
      if (event.key === "Escape") show(plot, null);
      if (event.key === "Enter" && now >= 0) { state.anchor = list[now].dataset.mark; writeAddress(); show(plot, null); go(state.anchor, true); }
      if (!step || !list.length) return;
      event.preventDefault();
      const next = list[(now + step + list.length) % list.length];
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
      show(plot, next);
      told.textContent = speak(chart, chart.marks.find((one) => one.id === next.dataset.mark));
    });
  }

  // ---- A figure as a file, with its title, what it says and where it is from

  function picture(figure) {
    const chart = drawn.charts[figure.dataset.chart];
    const sources = all(".plot svg", figure);
    const style = getComputedStyle(root);
    const wide = d3.max(sources, (svg) => svg.getBoundingClientRect().width);
    let down = 84;
    const parts = sources.map((svg) => {
      const copy = new XMLSerializer().serializeToString(svg);
      const height = svg.getBoundingClientRect().height;
      const placed = '<g transform="translate(24,' + down + ')">' + copy + "</g>";
      down += height + 16;
      return placed;
    });
    const text = (x, y, size, weight, words) => '<text x="' + x + '" y="' + y + '" font-size="' + size + '" font-weight="' + weight + '" fill="var(--ink)">' + escapeText(words) + "</text>";
    const svg = '<svg xmlns="' + d3.namespaces.svg + '" width="' + (wide + 48) + '" height="' + (down + 30) + '" font-family="' + escapeText(style.fontFamily || "sans-serif") + '"><rect width="100%" height="100%" fill="var(--paper)"/>'
      + text(24, 38, 20, 700, chart.title) + text(24, 62, 13, 400, shorten(chart.takeaway, wide, 13)) + parts.join("") + text(24, down + 14, 11, 400, document.title) + "</svg>";
    const solid = svg.replace(/var\((--[a-z]+)\)/g, (whole, variable) => style.getPropertyValue(variable).trim() || whole).replace(/currentColor/g, style.getPropertyValue("--ink").trim());
    download(chart.id + ".svg", solid, "image/svg+xml");
  }

  function escapeText(text) {
    return text.replace(/[&<>"]/g, (c) => "&#" + c.charCodeAt(0) + ";");
  }

  function download(name, text, type) {
    const link = element("a", { download: name });
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // ---- Where the reader is

  function follow() {
    const links = new Map(all(".side nav a").map((link) => [link.getAttribute("href").slice(1), link]));
    const seen = new IntersectionObserver((entries) => {
      entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
        links.forEach((link) => link.removeAttribute("aria-current"));
        const link = links.get(entry.target.getAttribute("aria-labelledby"));
        if (link) link.setAttribute("aria-current", "location");
      });
    }, { rootMargin: "-15% 0px -75% 0px" });
    all("main > section").forEach((section) => seen.observe(section));
  }

  // ---- Begin

  root.classList.add("scripted");
  drawn.charts.forEach((chart) => { chart.marks = chart.marks.map(plain); });
  all("details.values").forEach((details) => { details.open = false; });
  all("main tbody tr").forEach((row) => {
    const first = row.querySelector("th");
    const name = first && first.firstChild ? first.firstChild.textContent : "";
    if (name in drawn.arms) row.dataset.arm = name;
  });
  all("figure[data-chart]").forEach((figure) => {
    drawn.charts[figure.dataset.chart].marks.forEach((mark) => {
      const cell = byId(mark.id);
      if (cell && mark.arm in drawn.arms && drawn.charts[figure.dataset.chart].marks.every((one) => one.row !== mark.row || one.arm === mark.arm)) cell.parentElement.dataset.arm = mark.arm;
    });
  });
  all("section > h2").forEach((head) => {
    head.append(element("button", { type: "button", "data-link": head.id }, "Copy link", element("span", { class: "unseen" }, " to " + head.textContent)));
  });
  buildFilters();
  document.body.append(tip);
  all(".plot").forEach(watch);
  readAddress();
  apply();
  go(state.anchor, false, "instant");
  follow();

  let lastWidth = 0;
  new ResizeObserver(() => {
    const width = byId("main").clientWidth;
    if (width !== lastWidth) { lastWidth = width; requestAnimationFrame(drawAll); }
  }).observe(byId("main"));

  addEventListener("hashchange", () => { readAddress(); apply(); go(state.anchor, false); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link) {
      event.preventDefault();
      state.anchor = link.getAttribute("href").slice(1);
      history.pushState(null, "", address(state.anchor));
      go(state.anchor, true);
      return;
    }
    const button = event.target.closest("button");
    if (button && button.dataset.link) copyLink(button.dataset.link);
    if (button && button.dataset.picture) picture(button.closest("figure"));
    const cell = event.target.closest("td[id]");
    if (cell && !String(getSelection())) { copyLink(cell.id); go(cell.id, false); }
  });
  addEventListener("popstate", () => { readAddress(); apply(); go(state.anchor, false); });

  all("details.raw").forEach((details) => details.addEventListener("toggle", async () => {
    const pre = details.querySelector("pre");
    if (!details.open || pre.textContent) return;
    const id = details.dataset.raw;
    const run = JSON.parse(await unpacked("run"));
    pre.textContent = JSON.stringify(id ? run.experiments.find((one) => one.id === id) : run, null, 2);
  }));

  let opened = [];
  addEventListener("beforeprint", () => { opened = all("details:not([open]):not(.raw)"); opened.forEach((one) => { one.open = true; }); });
  addEventListener("afterprint", () => { opened.forEach((one) => { one.open = false; }); opened = []; });

  byId("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  byId("print").addEventListener("click", () => print());
  byId("save").addEventListener("click", async () => download("run.json", JSON.stringify(JSON.parse(await unpacked("run")), null, 2) + "\n", "application/json"));
  byId("share").addEventListener("click", () => copyLink(state.anchor));
  root.dataset.drawn = "";
})();
