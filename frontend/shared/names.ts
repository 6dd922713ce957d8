// The machine-readable form of a name, derived from the printed one (ICAO Doc 9303-3, 6.A; 9303-4, 4.2.2).
// The twin of rongka/credential/names.py.

const MRZ_NAME_LENGTH = 39; // ICAO 9303-4: line 1 of a passport leaves 39 places for the name
const TRANSLITERATED: Readonly<Record<string, string>> = {
  Ä: "AE", Å: "AA", Æ: "AE", Ö: "OE", Ø: "OE", Ü: "UE", ẞ: "SS", Ñ: "N",
  Þ: "TH", Ð: "D", Ł: "L", Đ: "D", Œ: "OE", İ: "I", ı: "I", Ħ: "H", Ŋ: "N", Ŧ: "T",
  "'": "", "’": "", "ʼ": "", ".": "", "-": " ",
}; // prettier-ignore

/** Gives the name line for `SURNAME, GIVEN NAMES`, at most 39 characters, unpadded. */
export function mrzName(printed: string): string {
  const upper = printed.normalize("NFC").replaceAll("ß", "ẞ").toUpperCase();
  const spelled = Array.from(upper, (character) => TRANSLITERATED[character] ?? character).join("");
  const plain = spelled.normalize("NFD").replace(/[^A-Z ,]/g, "");
  const [surname = "", ...given] = plain.split(",");
  const parts = [surname, given.join(" ")].map((part) => part.split(" ").filter(Boolean).join("<"));
  return parts.filter(Boolean).join("<<").slice(0, MRZ_NAME_LENGTH);
}
