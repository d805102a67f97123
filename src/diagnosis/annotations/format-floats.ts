/** strconv.FormatFloat with a precision, and the forms that only it has (https://pkg.go.dev/strconv#FormatFloat). */

import { notFinite, printed, withExponent } from "./template-value.ts";

/** JavaScript allows this many digits behind the point. */
const MOST_DIGITS = 100;

/** The value in one of Go's formats; without a precision in as few digits as tell it apart. */
export function goFloat(value: number, format: string, precision: number | undefined): string {
  if (!Number.isFinite(value)) return notFinite(value);
  const digits = Math.min(MOST_DIGITS, precision ?? 6);
  // JavaScript writes no sign here.
  if (Object.is(value, -0) && /^[ef]$/.test(format)) return `-${goFloat(0, format, precision)}`;
  switch (format) {
    case "e":
      return withExponent(exponential(value, digits));
    case "g":
      return precision === undefined ? printed(value) : general(value, precision);
    case "x":
      return hexadecimal(value, precision);
    case "b":
      return binary(value);
    default:
      return fixed(value, digits);
  }
}

interface Bits {
  readonly sign: string;
  /** With the bit that a usual number leaves out. */
  readonly mantissa: bigint;
  /** Of the mantissa's last bit. */
  readonly exponent: number;
}

function bitsOf(value: number): Bits {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  return {
    sign: bits >> 63n === 1n ? "-" : "",
    mantissa: exponent === 0 ? fraction : fraction | (1n << 52n),
    exponent: Math.max(1, exponent) - 1075,
  };
}

/** `%b`: 4503599627370496p-52. */
function binary(value: number): string {
  const { sign, mantissa, exponent } = bitsOf(value);
  return `${sign}${mantissa}p${exponent < 0 ? "" : "+"}${exponent}`;
}

/** `%x`: 0x1.8p+01. */
function hexadecimal(value: number, precision: number | undefined): string {
  const { sign, mantissa, exponent } = bitsOf(value);
  const missing = mantissa === 0n ? 0 : 53 - mantissa.toString(2).length;
  const rounded = roundedBits(mantissa << BigInt(missing), precision);
  const power = mantissa === 0n ? 0 : exponent + 52 - missing + (rounded >> 53n === 1n ? 1 : 0);
  const normal = rounded >> 53n === 1n ? rounded >> 1n : rounded;
  const all = (normal & ((1n << 52n) - 1n)).toString(16).padStart(13, "0");
  const digits =
    precision === undefined
      ? all.replace(/0+$/, "")
      : all.slice(0, precision).padEnd(precision, "0");
  const shown = `${sign}0x${normal >> 52n}${digits === "" ? "" : "."}${digits}`;
  return `${shown}p${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** Half of the last digit goes to the even one. */
function roundedBits(mantissa: bigint, precision: number | undefined): bigint {
  if (precision === undefined || precision >= 13) return mantissa;
  const shift = BigInt(52 - 4 * precision);
  const rest = mantissa & ((1n << shift) - 1n);
  const kept = mantissa >> shift;
  const isUp = (rest | (kept & 1n)) > 1n << (shift - 1n);
  return (kept + (isUp ? 1n : 0n)) << shift;
}

/** toFixed gives an exponent from 1e21 on. */
function fixed(value: number, digits: number): string {
  if (Math.abs(value) < 1e21) {
    const [whole = ""] = value.toFixed(digits).split(".");
    return halfToEven(
      value.toFixed(digits),
      value.toFixed(Math.min(MOST_DIGITS, digits + TIE)),
      whole.length + 1 + digits,
    );
  }
  return `${BigInt(value)}${digits > 0 ? `.${"0".repeat(digits)}` : ""}`;
}

/** `%.4g`: so many digits, without zeros at the end, with an exponent where it has more. */
export function general(value: number, precision: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  const digits = Math.max(1, Math.min(MOST_DIGITS, precision));
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", exponent = "0"] = exponential(value, digits - 1).split("e");
  const power = Number(exponent);
  if (power < -4 || power >= digits) {
    return withExponent(`${withoutZeros(mantissa)}e${exponent}`);
  }
  return withoutZeros(fixed(value, Math.max(0, digits - 1 - power)));
}

/** A number that lies in the middle of two has no more digits than these. */
const TIE = 60;

function exponential(value: number, digits: number): string {
  const exact = value.toExponential(Math.min(MOST_DIGITS, digits + TIE));
  const [mantissa = "", exponent = ""] = exact.split("e");
  const [rounded = "", power = ""] = value.toExponential(digits).split("e");
  const kept = mantissa.indexOf(".") + 1 + digits;
  const even = halfToEven(rounded, mantissa, kept);
  return even === rounded ? `${rounded}e${power}` : `${even}e${exponent}`;
}

/** Go rounds the middle of two to the even one, JavaScript away from zero; `kept` characters of `exact` stay. */
function halfToEven(rounded: string, exact: string, kept: number): string {
  if (!/^50*$/.test(exact.slice(kept).replace(/^\./, ""))) return rounded;
  const down = exact.slice(0, kept).replace(/\.$/, "");
  return /[02468]$/.test(down) ? down : rounded;
}

function withoutZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
