// What @sd-jwt/jwt-status-list reads in tokens that we give it, and lists that it writes for us: one process for all,
// since it starts slowly. JSON on standard input, JSON on standard output.
import { readFileSync } from "node:fs";
import { createHeaderAndPayload, getListFromStatusListJWT, StatusList } from "@sd-jwt/jwt-status-list";

const asked = JSON.parse(readFileSync(0, "utf8"));
const read = ([name, token]) => {
  try {
    const list = getListFromStatusListJWT(token);
    return [name, { bits: list.getBitsPerStatus(), statuses: asked.indices.map((index) => list.getStatus(index)) }];
  } catch (error) {
    return [name, { error: String(error) }];
  }
};
const write = ([bits, statuses]) =>
  createHeaderAndPayload(new StatusList(statuses, Number(bits)), { ...asked.claims }, { alg: "ES256" });
const answer = {
  read: Object.fromEntries(Object.entries(asked.tokens).map(read)),
  written: Object.entries(asked.lists).map(write),
};
process.stdout.write(JSON.stringify(answer));
