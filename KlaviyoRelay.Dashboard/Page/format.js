const whole = new Intl.NumberFormat("en");

/** In UTC, as the command line writes it. */
export const dateTime = iso => `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")}Z`;

export const number = value => value === null || value === undefined ? "–" : whole.format(value);

export const rate = value => value === 0 ? "0" : value < 10 ? value.toFixed(1) : whole.format(Math.round(value));

export function duration(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) return "–";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

export const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;
