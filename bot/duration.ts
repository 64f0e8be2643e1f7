const milliseconds: Readonly<Record<string, number>> = {
  min: 60_000,
  h: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
};

/** "60 min", "2 h", "1 day", "7 days" → milliseconds. Undefined for other text and outside 1 min to 7 days. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,5}) ?(min|h|days?)$/.exec(text);
  if (match === null) return undefined;
  const duration = Number(match[1]) * (milliseconds[match[2] ?? ''] ?? Number.NaN);
  return duration >= 60_000 && duration <= 7 * 86_400_000 ? duration : undefined;
}
