// What every figure of `make bench` is compared with: the note's path as a Node engineer would write it first.
// Takes a note, commits it (WAL, synchronous=FULL), answers, and tells the table and the boards.
// Environment: PORT, DATABASE (a file), SECRET (what tokens are signed with). Prints "listening" when it is.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import Database from "better-sqlite3";
import { Server } from "socket.io";

const { PORT, DATABASE, SECRET } = process.env;
const MAX_BATCH = 50;
const MAX_TEXT = 1000;
const ID = /^[A-Za-z0-9_.:-]{1,64}$/;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

const db = new Database(DATABASE);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec(`
  CREATE TABLE IF NOT EXISTS question (id TEXT PRIMARY KEY);
  INSERT OR IGNORE INTO question VALUES ('q1');
  CREATE TABLE IF NOT EXISTS note (
    id TEXT PRIMARY KEY, revision INTEGER NOT NULL UNIQUE, "group" INTEGER NOT NULL, author TEXT NOT NULL,
    question TEXT REFERENCES question (id), text TEXT NOT NULL, created_at TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS note_of_group ON note ("group", revision);
`);
const insert = db.prepare(
  'INSERT INTO note (id, revision, "group", author, question, text, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
);
const find = db.prepare("SELECT revision, author FROM note WHERE id = ?");
const asked = db.prepare("SELECT 1 FROM question WHERE id = ?");
const ofGroup = db.prepare('SELECT * FROM note WHERE revision > ? AND "group" = ? ORDER BY revision');
const ofAll = db.prepare("SELECT * FROM note WHERE revision > ? ORDER BY revision");
const counts = db.prepare('SELECT "group", COUNT(*) AS notes FROM note GROUP BY "group"').all();

let revision = db.prepare("SELECT COALESCE(MAX(revision), 0) AS last FROM note").get().last;
const told = new Map(); // what each table was last told, as the wire's `from` says it
const notesOf = new Map(counts.map((row) => [row.group, row.notes]));

const server = createServer((_request, response) => response.writeHead(404).end());
const io = new Server(server, { serveClient: false, maxHttpBufferSize: 256_000, pingInterval: 20_000 });

/** Who holds a token: `<role>.<group>.<name>.<signature>`. */
function identify(token) {
  if (typeof token !== "string") return null;
  const [role, group, name, signature = ""] = token.split(".");
  const right = createHmac("sha256", SECRET).update(`${role}.${group}.${name}`).digest("base64url");
  if (signature.length !== right.length || !timingSafeEqual(Buffer.from(signature), Buffer.from(right))) return null;
  return { role, group: Number(group), name };
}

io.use((socket, next) => {
  socket.data = identify(socket.handshake.auth.token);
  next(socket.data ? undefined : new Error("unauthorized"));
});

io.on("connection", (socket) => {
  const { role, group } = socket.data;
  socket.join(role === "phone" ? `group ${group}` : role);
  socket.on("push", (payload, ack) => typeof ack === "function" && ack(push(socket.data, payload)));
  socket.on("sync", (payload, ack) => typeof ack === "function" && ack(sync(socket.data, payload)));
});

function push(caller, payload) {
  const mutations = payload?.mutations;
  if (caller.role !== "phone") return refusal("forbidden");
  if (!Array.isArray(mutations)) return refusal("malformed");
  if (mutations.length > MAX_BATCH) return refusal("batch_too_large");
  const before = revision;
  const notes = [];
  let results;
  try {
    results = write(caller, mutations, notes);
  } catch (error) {
    revision = before;
    console.error(error);
    return refusal("internal");
  }
  if (notes.length) tell(caller.group, notes);
  return { revision, results };
}

const write = db.transaction((caller, mutations, notes) => mutations.map((mutation) => add(caller, mutation, notes)));

function add(caller, mutation, notes) {
  const { id, kind, question, text } = mutation ?? {};
  if (typeof id !== "string" || !ID.test(id)) return { id, status: "rejected", code: "bad_id" };
  if (kind !== "note.add") return { id, status: "rejected", code: "unknown_kind" };
  const earlier = find.get(id);
  if (earlier) {
    if (earlier.author !== caller.name) return { id, status: "rejected", code: "id_taken" };
    return { id, status: "duplicate", revision: earlier.revision };
  }
  if (typeof text !== "string" || !text.isWellFormed()) return { id, status: "rejected", code: "malformed" };
  const kept = text.normalize("NFC").trim();
  if (!kept) return { id, status: "rejected", code: "empty_text" };
  if ([...kept].length > MAX_TEXT) return { id, status: "rejected", code: "text_too_long" };
  if (CONTROL.test(kept)) return { id, status: "rejected", code: "control_characters" };
  if (!asked.get(question)) return { id, status: "rejected", code: "unknown_question" };
  const created_at = new Date().toISOString();
  insert.run(id, ++revision, caller.group, caller.name, question, kept, created_at);
  notes.push({ id, revision, group: caller.group, question, text: kept, created_at });
  return { id, status: "ok", revision };
}

/** After the commit: the notes to their table and the boards, the counts to the projector. */
function tell(group, notes) {
  const from = told.get(group) ?? 0;
  told.set(group, revision);
  const total = (notesOf.get(group) ?? 0) + notes.length;
  notesOf.set(group, total);
  const now = new Date().toISOString();
  const changes = { from, revision, now, rounds: [], groups: [], notes: notes.map(shown), themes: [] };
  io.to(`group ${group}`).to("studio").emit("changes", changes);
  io.to("screen").emit("changes", { ...changes, groups: [{ number: group, notes: total, revision }], notes: [] });
}

function sync(caller, payload) {
  const since = payload?.since;
  if (!Number.isInteger(since) || since < 0) return refusal("bad_since");
  const rows = { phone: () => ofGroup.all(since, caller.group), studio: () => ofAll.all(since), screen: () => [] };
  const notes = rows[caller.role]().map(shown);
  return { from: since, revision, now: new Date().toISOString(), rounds: [], groups: [], notes, themes: [] };
}

function shown({ id, group, question, text, created_at, revision }) {
  const plain = { source: "phone", late: false, edited_at: null };
  return { id, group, question, text, ...plain, created_at, order: revision, revision };
}

function refusal(code) {
  return { error: { code, message: code } };
}

server.listen({ port: Number(PORT), host: "127.0.0.1", backlog: 2048 }, () => console.log("listening"));
