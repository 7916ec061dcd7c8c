import type { OrganizedEvent } from '@eventos/wasm';
import { useId, type ReactNode } from 'react';
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

import { counted, LOCALE } from '../format';
import { TICKET_WORDS } from '../ticket-status';
import { DAYS, type DayOfSales } from './recent-sales';

const MOST_EVENTS = 8;
const STEPS = 4;
const shortDay = new Intl.DateTimeFormat(LOCALE, { month: 'short', day: 'numeric', timeZone: 'UTC' });
const ticks = { fill: 'var(--ink-soft)', fontSize: 12 };
const box = { borderRadius: 8, borderColor: 'var(--line)', fontSize: 14 };

/** Tickets sold on each of the last days. */
export function SalesChart({ days }: { days: readonly DayOfSales[] }) {
  const sold = days.reduce((sum, { tickets }) => sum + tickets, 0);
  return (
    <Chart
      title="Sold per day"
      summary={`${counted(sold, 'ticket')} in the last ${DAYS} days.`}
      table={<Table head={['Day', 'Tickets sold']} rows={days.map(({ day, tickets }) => [dayName(day), tickets])} />}
    >
      <BarChart data={[...days]} margin={{ top: 8, right: 8, bottom: 0, left: -24 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="day" tickFormatter={dayName} tick={ticks} tickLine={false} axisLine={false} minTickGap={24} />
        <YAxis allowDecimals={false} tick={ticks} tickLine={false} axisLine={false} domain={[0, wholeSteps]} tickCount={STEPS + 1} />
        <Tooltip labelFormatter={(day) => dayName(String(day))} contentStyle={box} cursor={{ fill: 'var(--accent-wash)' }} />
        <Bar dataKey="tickets" name="Tickets sold" fill="var(--accent)" radius={[4, 4, 0, 0]} isAnimationActive={false} />
      </BarChart>
    </Chart>
  );
}

/** Who came and who did not yet, at the events that sold most. */
export function CheckInChart({ events }: { events: readonly OrganizedEvent[] }) {
  const shown = events
    .flatMap(({ name, stats }) => (stats !== null && stats.tickets_sold > 0 ? [{ name, in: stats.tickets_used, out: stats.tickets_active }] : []))
    .sort((one, other) => other.in + other.out - one.in - one.out)
    .slice(0, MOST_EVENTS);
  return (
    <Chart
      title="Check-ins"
      summary={shown.length === 0 ? 'No event has sold a ticket yet.' : 'Of the tickets that were sold, the best-selling events first.'}
      table={<Table head={['Event', TICKET_WORDS.used, TICKET_WORDS.active]} rows={shown.map((event) => [event.name, event.in, event.out])} />}
    >
      {shown.length > 0 && (
        <BarChart data={shown} layout="vertical" margin={{ top: 0, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid horizontal={false} stroke="var(--line)" />
          <XAxis type="number" allowDecimals={false} tick={ticks} tickLine={false} axisLine={false} />
          <YAxis type="category" dataKey="name" width={112} tick={ticks} tickLine={false} axisLine={false} tickFormatter={shortName} />
          <Tooltip contentStyle={box} cursor={{ fill: 'var(--accent-wash)' }} />
          <Legend iconType="circle" iconSize={10} formatter={(word) => <span style={{ color: 'var(--ink)', fontSize: 14 }}>{word}</span>} />
          <Bar dataKey="in" name={TICKET_WORDS.used} stackId="sold" fill="var(--good)" maxBarSize={28} isAnimationActive={false} />
          <Bar dataKey="out" name={TICKET_WORDS.active} stackId="sold" fill="var(--gold)" maxBarSize={28} radius={[0, 4, 4, 0]} isAnimationActive={false} />
        </BarChart>
      )}
    </Chart>
  );
}

/** A picture of figures for the eye, and the figures themselves for everybody else. */
function Chart({ title, summary, table, children }: { title: string; summary: string; table: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="card stack chart" aria-labelledby={id}>
      <div>
        <h2 id={id} className="subtitle">{title}</h2>
        <p className="muted small">{summary}</p>
      </div>
      {children !== false && (
        <div className="chart-picture" aria-hidden="true">
          <ResponsiveContainer width="100%" height="100%" minWidth={0} initialDimension={{ width: 320, height: 240 }}>{children}</ResponsiveContainer>
        </div>
      )}
      {children !== false && (
        <details>
          <summary>The figures as a table</summary>
          <div className="table-scroll chart-table" tabIndex={0} role="group" aria-label={`${title}: figures`}>{table}</div>
        </details>
      )}
    </section>
  );
}

function Table({ head, rows }: { head: readonly string[]; rows: readonly (readonly [string, ...number[]])[] }) {
  return (
    <table className="table">
      <thead>
        <tr>{head.map((word, column) => <th key={word} scope="col" className={column === 0 ? undefined : 'is-number'}>{word}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map(([name, ...figures], row) => (
          <tr key={row}>
            <th scope="row">{name}</th>
            {figures.map((figure, column) => <td key={column} className="is-number">{figure}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The top of an axis whose steps are whole tickets. */
function wholeSteps(most: number): number {
  return Math.max(1, Math.ceil(most / STEPS)) * STEPS;
}

function dayName(day: string): string {
  return shortDay.format(new Date(`${day}T00:00:00Z`));
}

function shortName(name: string): string {
  return name.length > 28 ? `${name.slice(0, 26)}…` : name;
}
