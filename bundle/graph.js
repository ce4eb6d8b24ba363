// The graph that a person walks: what the page tells in tables, drawn and moved. The address holds the whole view, so it
// can be kept, sent and gone back to; each deed is a link of the page, which works without this script as well.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const dark = matchMedia("(prefers-color-scheme: dark)");
let drawn = null;
let data = null;

const box = () => document.getElementById("canvas");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function look() {
  const ink = colour("ink"), paper = colour("raised"), accent = colour("accent");
  return [
    { selector: "node", style: {
      label: "data(label)", color: ink, "background-color": (node) => colour(node.data("w")), width: "data(size)", height: "data(size)",
      "font-size": 12, "text-valign": "bottom", "text-margin-y": 4, "text-outline-color": paper, "text-outline-width": 2,
      "border-width": 2, "border-color": paper } },
    { selector: "node.pinned", style: { "border-color": ink, "border-width": 3 } },
    { selector: "node:selected", style: { "border-color": accent, "border-width": 5 } },
    { selector: "edge", style: {
      width: "data(width)", "line-color": colour("spoke"), "curve-style": "bezier", opacity: 0.75, color: ink, "font-size": 10,
      "text-outline-color": paper, "text-outline-width": 2 } },
    { selector: "edge:selected, edge.near", style: { "line-color": accent, label: "data(told)", opacity: 1 } },
    { selector: ".gone", style: { display: "none" } },
  ];
}

function elements(view) {
  const most = Math.max(2, ...view.nodes.map((node) => node.mentions));
  const nodes = view.nodes.map((node) => ({
    group: "nodes",
    data: { id: node.key, label: node.name.length > 28 ? `${node.name.slice(0, 27)}…` : node.name, w: node.w,
      size: 14 + 26 * Math.log(1 + node.mentions) / Math.log(1 + most) },
    position: node.at ? { x: node.at[0], y: node.at[1] } : undefined,
    classes: node.at ? "pinned" : "",
  }));
  const edges = view.edges.map((edge) => ({
    group: "edges",
    data: { id: `${edge.source}-${edge.target}`, source: edge.source, target: edge.target, times: edge.times, told: edge.told,
      width: 1 + 1.6 * Math.log2(1 + edge.n) },
  }));
  return [...nodes, ...edges];
}

// New ones start beside a neighbour that is there, so that what a person knows stays where it was.
function place(fresh) {
  for (const node of fresh.nodes()) {
    if (node.hasClass("pinned")) continue;
    const near = node.neighborhood("node").difference(fresh);
    if (near.length) node.position({ x: near[0].position("x") + 80 * (Math.random() - 0.5), y: near[0].position("y") + 80 * (Math.random() - 0.5) });
  }
}

function arrange(fromNothing) {
  const fixed = drawn.nodes(".pinned").map((node) => ({ nodeId: node.id(), position: { ...node.position() } }));
  const layout = drawn.layout({
    name: "fcose", quality: "default", randomize: fromNothing && !fixed.length, animate: !calm && !fixed.length && drawn.nodes().length < 40,
    animationDuration: 300, fixedNodeConstraint: fixed.length ? fixed : undefined, packComponents: !fixed.length, nodeRepulsion: 9000,
    idealEdgeLength: 110, nodeSeparation: 90, nodeDimensionsIncludeLabels: true, padding: 30, fit: true,
  });
  // The layout keeps what is pinned in its shape, but may move it all: it is moved back, and all else with it.
  layout.one("layoutstop", () => {
    if (!fixed.length) return;
    const at = drawn.getElementById(fixed[0].nodeId).position(), should = fixed[0].position;
    const shift = { x: should.x - at.x, y: should.y - at.y };
    drawn.nodes().positions((node) => ({ x: node.position("x") + shift.x, y: node.position("y") + shift.y }));
    for (const one of fixed) drawn.getElementById(one.nodeId).position(one.position);
    drawn.fit(undefined, 30);
  });
  layout.run();
}

function draw(view) {
  const before = drawn ? new Map(drawn.nodes().map((node) => [node.id(), { ...node.position() }])) : new Map();
  data = view;
  if (drawn) drawn.destroy();
  drawn = cytoscape({ container: box(), elements: elements(view), style: look(), layout: { name: "preset" }, minZoom: 0.15, maxZoom: 4,
    boxSelectionEnabled: false });
  const known = drawn.nodes().filter((node) => before.has(node.id()) && !node.hasClass("pinned"));
  known.forEach((node) => node.position(before.get(node.id())));
  place(drawn.elements().difference(known));
  arrange(before.size === 0);
  drawn.on("tap", "node", (event) => choose(event.target.id()));
  drawn.on("tap", (event) => { if (event.target === drawn) choose(null); });
  drawn.on("dbltap", "node", (event) => follow(row(event.target.id())?.querySelector("a.grow")));
  drawn.on("dragfree", "node", (event) => pin(event.target, true));
  within();
}

const row = (key) => document.querySelector(`tr[data-key="${key}"]`);

// Tells the one that was tapped with what can be done to it: the same links as in its row.
function choose(key) {
  const told = document.getElementById("chosen");
  drawn.edges().removeClass("near");
  for (const one of document.querySelectorAll("tr[data-key]")) one.removeAttribute("aria-current");
  told.replaceChildren();
  if (!key || !row(key)) return;
  drawn.getElementById(key).connectedEdges().addClass("near");
  row(key).setAttribute("aria-current", "true");
  for (const part of row(key).querySelectorAll("[data-told]")) {
    const copy = document.createElement("span");
    copy.append(...[...part.cloneNode(true).childNodes]);
    told.append(copy, " ");
  }
}

// Positions of what is pinned stand in the address as `pins=place:x:y`, place being that of the key in `keys`.
function pin(node, on) {
  node.toggleClass("pinned", on);
  const address = new URL(location.href);
  const keys = (address.searchParams.get("keys") || "").split(",");
  const pins = drawn.nodes(".pinned").map((one) => [keys.indexOf(one.id()), Math.round(one.position("x")), Math.round(one.position("y"))])
    .filter(([place]) => place >= 0).map((one) => one.join(":"));
  if (pins.length) address.searchParams.set("pins", pins.join(",")); else address.searchParams.delete("pins");
  history.replaceState(null, "", address);
  links(address.searchParams.get("pins"));
}

// What is pinned goes along with every deed and every form of this page.
function links(pins) {
  for (const link of document.querySelectorAll("a[href^='/graph?']")) {
    const address = new URL(link.href);
    if (pins) address.searchParams.set("pins", pins); else address.searchParams.delete("pins");
    link.href = `${address.pathname}${address.search}`;
  }
  for (const field of document.querySelectorAll("form[action='/graph'] input[name=pins]")) field.value = pins || "";
}

async function follow(link) {
  if (!link) return;
  await go(link.href);
}

let going = 0;
const REST = 400;
let resting = 0;
const sliders = () => [...document.querySelectorAll("#slider input[type=range]")];

async function go(address, push = true) {
  const mine = ++going;
  box().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const text = await answer.text();
    if (mine !== going) return;
    const made = new DOMParser().parseFromString(text, "text/html");
    const view = made.getElementById("view");
    if (!answer.ok || !view) { location.assign(address); return; }
    if (push) history.pushState(null, "", answer.url);
    document.title = made.title;
    const held = sliders().indexOf(document.activeElement);
    for (const id of ["said", "choices", "tables"]) document.getElementById(id).replaceWith(document.adoptNode(made.getElementById(id)));
    document.getElementById("chosen").replaceChildren();
    slider();
    draw(JSON.parse(view.dataset.graph));
    sliders()[held]?.focus();
    const said = document.getElementById("said");
    if (said.textContent.trim()) said.focus();
  } catch {
    location.assign(address);
  } finally {
    box()?.removeAttribute("aria-busy");
  }
}

const DAY = 86400000;
const day = (ms) => new Date(ms).toISOString().slice(0, 10);

// The slider hides what lies outside while it moves; when it rests, the page is asked to count anew.
function slider() {
  const part = document.getElementById("slider");
  if (!part) return;
  part.hidden = false;
  const ends = [...part.querySelectorAll("input[type=range]")];
  const [since, until] = [...document.querySelectorAll("#period input[type=date]")];
  const say = () => {
    let [from, to] = ends.map((one) => Number(one.value));
    if (from > to) [from, to] = [to, from];
    since.value = day(from * DAY);
    until.value = day(to * DAY);
    for (const one of ends) one.setAttribute("aria-valuetext", day(Number(one.value) * DAY));
    within();
  };
  for (const one of ends) {
    one.addEventListener("input", say);
    // Arrow keys change it a day at a time: the page is asked for once they rest.
    one.addEventListener("change", () => {
      clearTimeout(resting);
      resting = setTimeout(() => document.getElementById("period").requestSubmit(), REST);
    });
    one.setAttribute("aria-valuetext", day(Number(one.value) * DAY));
  }
}

function within() {
  const [since, until] = [...document.querySelectorAll("#period input[type=date]")].map((one) => one.value);
  const from = since ? Date.parse(since) : -Infinity, to = until ? Date.parse(until) + DAY : Infinity;
  drawn.batch(() => drawn.edges().forEach((edge) => edge.toggleClass("gone", !edge.data("times").some((at) => at >= from && at < to))));
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const deed = event.target.closest("[data-deed]");
  if (deed?.dataset.deed === "fit") { drawn.fit(undefined, 30); return; }
  if (deed?.dataset.deed === "pin") {
    const node = drawn.getElementById(deed.dataset.key);
    pin(node, !node.hasClass("pinned"));
    return;
  }
  if (deed?.dataset.deed === "loose") {
    drawn.nodes(".pinned").removeClass("pinned").forEach((node) => pin(node, false));
    arrange(true);
    return;
  }
  const link = event.target.closest("a[href^='/graph?']");
  if (link && box()) { event.preventDefault(); go(link.href); }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[action='/graph']")) return;
  event.preventDefault();
  go(`/graph?${new URLSearchParams([...new FormData(form)].filter(([, value]) => value))}`);
});

addEventListener("popstate", () => go(location.href, false));
dark.addEventListener("change", () => drawn?.style(look()));

const first = document.getElementById("view");
if (first && box()) {
  for (const one of document.querySelectorAll(".scripted")) one.hidden = false;
  slider();
  draw(JSON.parse(first.dataset.graph));

}
