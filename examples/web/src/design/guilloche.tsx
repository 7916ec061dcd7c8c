import { useMemo } from 'react';

const PENS = 7;
const STEPS_PER_LOBE = 24;

/** A rosette of fine lines, as banknotes and tickets have them against forgery: each seed has its own. */
export function Guilloche({ seed }: { seed: string }) {
  const path = useMemo(() => rosette(lobesOf(seed)), [seed]);
  return (
    <svg className="guilloche" viewBox="-500 -500 1000 1000" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

/** How many lobes the rosette of a seed has: 7 to 17. */
function lobesOf(seed: string): number {
  const hash = [...seed].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 16_777_619) >>> 0, 2_166_136_261);
  return 7 + (hash % 11);
}

/** Closed curves of one family, each drawn by a pen that sits further out. */
function rosette(lobes: number): string {
  const steps = lobes * STEPS_PER_LOBE;
  const curves = Array.from({ length: PENS }, (_, pen) => {
    const swing = 0.09 + 0.045 * pen;
    const points = Array.from({ length: steps }, (_, step) => {
      const turn = (2 * Math.PI * step) / steps;
      return {
        x: Math.round(495 * ((1 - swing) * Math.cos(turn) + swing * Math.cos((lobes - 1) * turn))),
        y: Math.round(495 * ((1 - swing) * Math.sin(turn) - swing * Math.sin((lobes - 1) * turn))),
      };
    });
    const steadily = points.map(({ x, y }, step) => {
      const before = points[step - 1];
      return before === undefined ? `M${x} ${y}` : `l${x - before.x} ${y - before.y}`;
    });
    return `${steadily.join('')}z`;
  });
  return curves.join('');
}
