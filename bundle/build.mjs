// Makes what the explorer ships but does not write by hand: one script for the graph, the outline of the world, and
// where countries lie. `make bundle` runs it; the results are committed, so installing Pentad needs neither Node nor network.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { geoArea, geoCentroid, geoNaturalEarth1, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";

const HERE = new URL(".", import.meta.url);
const OUT = new URL("../api/explorer/static/", HERE);
const WIDTH = 960, HEIGHT = 500;
const read = (name) => readFileSync(new URL(name, HERE), "utf8");
const own = (name) => JSON.parse(read(`node_modules/${name}/package.json`));
const topology = (detail) => JSON.parse(read(`node_modules/world-atlas/countries-${detail}.json`));

async function script() {
  await build({
    entryPoints: [new URL("graph.js", HERE).pathname],
    outfile: new URL("graph.js", OUT).pathname,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    banner: { js: `/* Pentad's graph with ${used().map(([name, , licence]) => `${name} (${licence})`).join(", ")}; see LICENSES.txt */` },
  });
}

function used() {
  return ["cytoscape", "cytoscape-fcose", "cose-base", "layout-base"].map((name) => {
    const found = own(name);
    return [name, found.version, found.license];
  });
}

function licences() {
  const parts = ["cytoscape", "cytoscape-fcose", "cose-base", "layout-base", "world-atlas"].map((name) => {
    const file = readdirSync(new URL(`node_modules/${name}/`, HERE)).find((one) => /^licen[cs]e/i.test(one));
    const found = own(name);
    return `${name} ${found.version} (${found.license})\n\n${file ? read(`node_modules/${name}/${file}`).trim() : ""}\n`;
  });
  const head = "graph.js holds the first four of these; world.svg and places/countries.json are drawn from the last, whose\n"
    + "outlines are those of Natural Earth (public domain).\n";
  writeFileSync(new URL("LICENSES.txt", OUT), [head, ...parts].join(`\n${"-".repeat(72)}\n\n`));
}

function world() {
  const coarse = topology("110m"), fine = topology("50m");
  const projection = geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: "Sphere" });
  const path = geoPath(projection).digits(1);
  const outlines = new Map(feature(coarse, coarse.objects.countries).features.map((one) => [one.id, path(one)]));
  const rows = feature(fine, fine.objects.countries).features.filter((one) => one.id && one.id !== "010").map((one) => {
    const [longitude, latitude] = geoCentroid(largest(one.geometry));
    return { code: one.id, latitude: +latitude.toFixed(2), longitude: +longitude.toFixed(2), d: outlines.get(one.id) ?? null };
  });
  const borders = path(mesh(coarse, coarse.objects.countries, (a, b) => a !== b));
  const land = path(feature(coarse, coarse.objects.land));
  writeFileSync(new URL("world.svg", OUT), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">`
    + `<path fill="#8b95a6" fill-opacity=".28" d="${land}"/>`
    + `<path fill="none" stroke="#8b95a6" stroke-opacity=".6" stroke-width=".5" vector-effect="non-scaling-stroke" d="${borders}"/></svg>\n`);
  const [x, y] = projection.translate();
  const head = { width: WIDTH, height: HEIGHT, scale: projection.scale(), x, y };
  const sorted = rows.sort((one, other) => one.code.localeCompare(other.code)).map((row) => JSON.stringify(row));
  mkdirSync(new URL("../api/explorer/places/", HERE), { recursive: true });
  writeFileSync(new URL("../api/explorer/places/countries.json", HERE),
    `{"projection": ${JSON.stringify(head)},\n"countries": [\n${sorted.join(",\n")}\n]}\n`);
}

function largest(geometry) {
  if (geometry.type !== "MultiPolygon") return geometry;
  const parts = geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  return parts.reduce((one, other) => (geoArea(other) > geoArea(one) ? other : one));
}

function kept() {
  const digest = (url) => createHash("sha256").update(readFileSync(url)).digest("hex");
  const made = ["../api/explorer/static/graph.js", "../api/explorer/static/world.svg", "../api/explorer/static/LICENSES.txt", "../api/explorer/places/countries.json"];
  const from = ["build.mjs", "graph.js", "package.json", "package-lock.json"];
  const all = Object.fromEntries([...from, ...made].map((name) => [name, digest(new URL(name, HERE))]));
  writeFileSync(new URL("made.json", HERE), `${JSON.stringify(all, null, 1)}\n`);
  for (const name of made) {
    const content = readFileSync(new URL(name, HERE));
    console.log(`${name.replace("../", "")}: ${content.length.toLocaleString("en")} bytes, ${gzipSync(content, { level: 9 }).length.toLocaleString("en")} gzipped`);
  }
}

await script();
world();
licences();
kept();
