import type { Outcome } from './verdicts';

/** One tone of a tune: how high, from when and for how long, in hertz and seconds. */
type Tone = readonly [hertz: number, from: number, long: number];

interface Tune {
  shape: OscillatorType;
  tones: readonly Tone[];
  /** What the phone does meanwhile, in milliseconds of shaking and of rest. */
  shake: readonly number[];
}

/** A scan without an answer sounds like a question, not like a refusal. */
const TUNES: Record<Outcome | 'unanswered', Tune> = {
  admitted: { shape: 'sine', tones: [[660, 0, 0.12], [990, 0.13, 0.22]], shake: [60] },
  already_used: buzz([[130, 0, 0.22], [130, 0.3, 0.22]]),
  wrong_event: buzz([[175, 0, 0.22], [116, 0.24, 0.3]]),
  refunded: buzz([[130, 0, 0.12], [130, 0.18, 0.12], [110, 0.36, 0.3]]),
  cancelled: buzz([[130, 0, 0.12], [110, 0.18, 0.3]]),
  unpaid: buzz([[110, 0, 0.12], [130, 0.18, 0.3]]),
  unknown_code: buzz([[110, 0, 0.5]]),
  event_not_active: buzz([[150, 0, 0.16], [150, 0.22, 0.16], [150, 0.44, 0.16]]),
  outside_window: buzz([[150, 0, 0.16], [100, 0.22, 0.16], [150, 0.44, 0.16]]),
  not_authorized: buzz([[196, 0, 0.16], [147, 0.18, 0.16], [98, 0.36, 0.34]]),
  unanswered: { shape: 'triangle', tones: [[520, 0, 0.14], [520, 0.28, 0.14]], shake: [60, 60, 60] },
};

let context: AudioContext | undefined;

/** Lets the page sound. A browser allows that only while somebody touches it. */
export function wakeSound() {
  context ??= new AudioContext();
  void context.resume();
}

export function playTune(name: Outcome | 'unanswered', isMuted: boolean) {
  const { shape, tones, shake } = TUNES[name];
  navigator.vibrate?.([...shake]);
  if (isMuted) return;
  wakeSound();
  for (const tone of tones) play(shape, tone);
}

function play(shape: OscillatorType, [hertz, from, long]: Tone) {
  if (context === undefined) return;
  const start = context.currentTime + from;
  const oscillator = new OscillatorNode(context, { type: shape, frequency: hertz });
  const volume = new GainNode(context, { gain: 0 });
  // Swelling and fading, however short, spare the ear a click.
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(shape === 'sawtooth' ? 0.22 : 0.4, start + 0.01);
  volume.gain.setValueAtTime(shape === 'sawtooth' ? 0.22 : 0.4, start + long - 0.03);
  volume.gain.linearRampToValueAtTime(0, start + long);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + long);
}

function buzz(tones: readonly Tone[]): Tune {
  return { shape: 'sawtooth', tones, shake: tones.flatMap(([, , long]) => [long * 1000, 80]) };
}
