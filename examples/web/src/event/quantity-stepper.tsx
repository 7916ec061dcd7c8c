import { Minus, Plus } from 'lucide-react';

interface QuantityStepperProps {
  value: number;
  most: number;
  onChange: (value: number) => void;
}

/** How many tickets. A button at its end stays in reach of the keyboard, and does nothing. */
export function QuantityStepper({ value, most, onChange }: QuantityStepperProps) {
  const step = (by: 1 | -1) => {
    if (by === 1 ? value < most : value > 1) onChange(value + by);
  };
  return (
    <div className="stepper" role="group" aria-label="Number of tickets">
      <button type="button" aria-label="One ticket less" aria-disabled={value <= 1} onClick={() => step(-1)}>
        <Minus size={18} aria-hidden="true" />
      </button>
      <output className="number" aria-live="polite">
        {value}<span className="visually-hidden">{value === 1 ? ' ticket' : ' tickets'}</span>
      </output>
      <button type="button" aria-label="One ticket more" aria-disabled={value >= most} onClick={() => step(1)}>
        <Plus size={18} aria-hidden="true" />
      </button>
    </div>
  );
}
