/** A number as Go writes it with the format 'f': all digits, and never an exponent. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) {
    return "NaN";
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? "+Inf" : "-Inf";
  }
  if (Object.is(value, -0)) {
    return "-0";
  }

  const [digits = "", exponent] = String(value).split("e");
  return exponent === undefined ? digits : shiftPoint(digits, Number(exponent));
}

function shiftPoint(digits: string, places: number): string {
  const sign = digits.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = digits.replace("-", "").split(".");
  return places < 0
    ? `${sign}0.${"0".repeat(-places - whole.length)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(places, "0")}`;
}
