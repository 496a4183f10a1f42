// Charts of the overview: drawn from the same numbers as the tables behind them, as SVG, with patterns that a grey
// print still tells apart. A press on a bar or a point opens its records. Without this script the tables stand open.

const INK = "#1f2937";
const SOFT = "#4b5563";
const LINE = "#d8dde4";
// Red, amber and green speak of time alone.
const TONES = { plain: "#8a94a3", strong: "#0b5cad", late: "#a51d14", soon: "#b97a0a", good: "#17663a" };
const PATTERNS = {
  plain: null,
  strong: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  late: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: Math.PI / 4 },
  soon: { symbol: "circle", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], symbolSize: 0.6 },
  good: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1, 6] },
};
const SYMBOLS = ["circle", "rect", "triangle"];
const ROW = 22; // pixels of one bar with its air
const ACROSS = new Set(["bars", "stack"]);
const MOST = 15; // bars of organs in one drawing; the table has them all

const plain = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function face() {
  return getComputedStyle(document.body).fontFamily;
}

function look(tone) {
  const decal = PATTERNS[tone] && { color: "rgba(255,255,255,0.55)", ...PATTERNS[tone] };
  return { color: TONES[tone], decal: decal || undefined };
}

function series(chart, one, number) {
  const values = one.values.slice(0, MOST);
  if (chart.kind === "lines") {
    return { type: "line", name: one.label, data: values, symbol: SYMBOLS[number % 3], symbolSize: 9, color: TONES[one.tone],
             lineStyle: { width: 2, type: number ? "dashed" : "solid" }, triggerLineEvent: false };
  }
  const bars = values.map((value, at) => (one.tones.length ? { value, itemStyle: look(one.tones[at]) } : value));
  return { type: "bar", name: one.label, data: bars, stack: chart.kind === "stack" ? "all" : undefined, barMaxWidth: 18,
           itemStyle: look(one.tone),
           label: { show: chart.kind !== "stack", position: chart.kind === "columns" ? "top" : "right", color: INK, fontSize: 12,
                    formatter: ({ value }) => (value ? String(value) : "") } };
}

function room(narrow) {
  return narrow ? 92 : 140;
}

function edges(chart, narrow) {
  if (ACROSS.has(chart.kind)) return { left: room(narrow) + 14, right: 34, top: 34, bottom: 28 };
  return { left: 36, right: 16, top: 34, bottom: narrow ? 46 : 30 };
}

function axes(chart, narrow) {
  const names = { type: "category", data: chart.categories.slice(0, MOST), axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } },
                  axisLabel: { color: INK, fontSize: 12, interval: chart.kind === "lines" ? "auto" : 0, width: room(narrow),
                               overflow: "break" } };
  const counts = { type: "value", minInterval: 1, axisLabel: { color: SOFT, fontSize: 12 }, splitLine: { lineStyle: { color: LINE } } };
  if (!ACROSS.has(chart.kind)) names.axisLabel.width = narrow ? 48 : 90;
  return ACROSS.has(chart.kind) ? { xAxis: counts, yAxis: { ...names, inverse: true } } : { xAxis: names, yAxis: counts };
}

function option(chart, width) {
  return {
    animation: !plain,
    animationDuration: 200,
    textStyle: { fontFamily: face() },
    grid: { ...edges(chart, width < 480), outerBoundsMode: "none" },
    legend: { show: chart.series.length > 1, top: 0, left: 0, itemWidth: 22, textStyle: { color: INK, fontSize: 13 } },
    tooltip: { trigger: "item", confine: true, renderMode: "richText", formatter: (at) => `${at.name} ${at.seriesName}：${at.value}${chart.unit}` },
    ...axes(chart, width < 480),
    series: chart.series.map((one, number) => series(chart, one, number)),
  };
}

function height(chart) {
  if (!ACROSS.has(chart.kind)) return 280;
  const bars = Math.min(chart.categories.length, MOST) * (chart.kind === "stack" ? 1.4 : chart.series.length);
  return Math.max(160, 70 + Math.round(bars * ROW));
}

function draw(chart) {
  const place = document.querySelector(`[data-chart="${chart.key}"]`);
  if (!place) return;
  place.hidden = false;
  place.style.height = `${height(chart)}px`;
  const drawn = window.echarts.init(place, null, { renderer: "svg" });
  drawn.setOption(option(chart, place.clientWidth));
  drawn.on("click", (at) => {
    const link = chart.series[at.seriesIndex]?.links[at.dataIndex];
    if (link && at.value) window.location.assign(link);
  });
  new ResizeObserver(() => {
    drawn.resize();
    const narrow = place.clientWidth < 480;
    drawn.setOption({ grid: edges(chart, narrow), ...axes(chart, narrow) });
  }).observe(place);
  const table = place.parentElement.querySelector("details.behind");
  table.open = table.hasAttribute("data-stays"); // it says more than the drawing
  place.dataset.drawn = "true";
}

const data = document.getElementById("chart-data");
if (data && window.echarts) JSON.parse(data.textContent).forEach(draw);
