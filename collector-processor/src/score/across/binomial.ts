/** Chance of `least` or more of `tried` where each has the chance `chance`. */
export function binomialTail(least: number, tried: number, chance: number): number {
  if (least <= 0) return 1;
  if (!(chance > 0)) return 0;
  if (chance >= 1) return least <= tried ? 1 : 0;
  let logTerm = 0;
  for (let i = 1; i <= least; i++) logTerm += Math.log((tried - least + i) / i);
  logTerm += least * Math.log(chance) + (tried - least) * Math.log1p(-chance);
  let sum = 0;
  for (let k = least; k <= tried; k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((tried - k) / (k + 1)) + Math.log(chance) - Math.log1p(-chance);
  }
  return Math.min(1, sum);
}
