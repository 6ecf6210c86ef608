import type { ChartConfiguration, PointStyle } from 'chart.js';
import type { Alert, Level } from '#core/alert.ts';
import type { Colors } from '../ui/colors.ts';
import { duration, moodTick } from '../ui/format.ts';
import type { MoodLine, MoodPoint } from '../live/mood.ts';

const shapes: Record<Level, PointStyle> = { warning: 'circle', urgent: 'rectRot', critical: 'triangle' };

interface MoodChart {
  readonly line: MoodLine;
  readonly alerts: readonly Alert[];
  readonly lengthMs: number;
  /** With axes. */
  readonly isLarge: boolean;
  readonly colors: Colors;
}

/** A quarter of a minute is the shortest time the axis shows, so that a call's first words do not fill it. */
const SHORTEST_AXIS_MS = 15_000;

/** @param onJump receives the call time of a click */
export function moodChartConfig(
  { line, alerts, lengthMs, isLarge, colors }: MoodChart,
  onJump: (atMs: number) => void,
): ChartConfiguration<'line'> {
  const side = (points: readonly MoodPoint[], color: string, dash: number[]) => ({
    data: points.map(({ atMs, mood }) => ({ x: atMs, y: mood })),
    borderColor: color,
    backgroundColor: color,
    borderDash: dash,
    borderWidth: 2,
    pointRadius: points.length > 1 ? 0 : 3,
  });
  const marks = {
    data: alerts.map(({ atMs }) => ({ x: atMs, y: moodAt(line.customer, atMs) })),
    showLine: false,
    pointStyle: alerts.map(({ level }) => shapes[level]),
    // A triangle of the same radius looks smaller than the other shapes.
    pointRadius: alerts.map(({ level }) => (level === 'critical' ? 8 : 6) * (isLarge ? 1 : 0.75)),
    backgroundColor: alerts.map(({ level }) => colors[level]),
    borderColor: colors.ground,
  };
  const ticks = { color: colors.muted, font: { size: 12 } };
  return {
    type: 'line',
    data: { datasets: [marks, side(line.customer, colors.caller, []), side(line.agent, colors.agent, [4, 4])] },
    options: {
      animation: false,
      maintainAspectRatio: false,
      events: ['click'],
      layout: { padding: { top: 4, right: 8, bottom: isLarge ? 0 : 4 } },
      scales: {
        x: {
          type: 'linear',
          display: isLarge,
          min: 0,
          max: Math.max(SHORTEST_AXIS_MS, lengthMs),
          grid: { display: false },
          border: { color: colors.line },
          ticks: { ...ticks, maxRotation: 0, callback: (at) => duration(Number(at)) },
          afterBuildTicks: (axis) => {
            axis.ticks = roundTimes(axis.max);
          },
        },
        y: {
          min: -1,
          max: 1,
          grid: { color: (at) => (at.tick.value === 0 ? colors.muted : colors.line), drawTicks: isLarge },
          border: { display: false },
          ticks: { ...ticks, display: isLarge, stepSize: 1, callback: (mood) => moodTick(Number(mood)) },
        },
      },
      onClick: (event, _elements, chart) => {
        const atMs = chart.scales['x']?.getValueForPixel(event.x ?? 0);
        if (atMs !== undefined) onJump(atMs);
      },
    },
  };
}

/** Round times for the axis, at most nine. */
function roundTimes(maxMs: number): { value: number }[] {
  const steps = [5, 15, 30, 60, 120, 300, 600, 1800, 3600].map((seconds) => seconds * 1000);
  const step = steps.find((candidate) => maxMs / candidate <= 8) ?? 3_600_000;
  return Array.from({ length: Math.floor(maxMs / step) + 1 }, (_, index) => ({ value: index * step }));
}

/** The mood that the line shows at a time; even before its first point. */
function moodAt(points: readonly MoodPoint[], atMs: number): number {
  return points.findLast((point) => point.atMs <= atMs)?.mood ?? 0;
}
