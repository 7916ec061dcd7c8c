import { Settings, Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';

import { AskDialog } from '../design/ask-dialog';
import { Field } from '../design/components';
import { useOnline } from '../online';
import type { DoorPass } from './door-pass';
import type { DoorSettings } from './door-settings';
import { LeaveDoor } from './leave-door';

interface DoorBarProps {
  title: string;
  pass: DoorPass;
  settings: DoorSettings;
  onSettings: (part: Partial<DoorSettings>) => void;
}

/** Which door this is, and how this device is set up. */
export function DoorBar({ title, pass, settings, onSettings }: DoorBarProps) {
  const [isAsking, setAsking] = useState(false);
  const { device, gate, isMuted } = settings;
  return (
    <header>
      <div className="door-bar">
        <LeaveDoor pass={pass} />
        <div className="door-name">
          <h1>{title}</h1>
          <p className="small muted">{[gate, device].filter((name) => name !== '').join(' · ') || 'Device not named yet'}</p>
        </div>
        <button type="button" className="door-icon" aria-label="Mute" aria-pressed={isMuted} onClick={() => onSettings({ isMuted: !isMuted })}>
          {isMuted ? <VolumeX size={22} aria-hidden="true" /> : <Volume2 size={22} aria-hidden="true" />}
        </button>
        <button type="button" className="door-icon" aria-label="Gate and device" onClick={() => setAsking(true)}>
          <Settings size={22} aria-hidden="true" />
        </button>
      </div>
      <OfflineStrip />
      {isAsking && <DeviceDialog device={device} gate={gate} onClose={() => setAsking(false)} onSave={onSettings} />}
    </header>
  );
}

function OfflineStrip() {
  const online = useOnline();
  return <div role="status">{!online && <p className="offline-bar">Offline. No scan is answered until the network is back.</p>}</div>;
}

interface DeviceDialogProps {
  device: string;
  gate: string;
  onSave: (names: { device: string; gate: string }) => void;
  onClose: () => void;
}

function DeviceDialog({ onSave, onClose, ...names }: DeviceDialogProps) {
  const [gate, setGate] = useState(names.gate);
  const [device, setDevice] = useState(names.device);
  return (
    <AskDialog
      title="Gate and device"
      act="Save"
      keep="Cancel"
      onAct={() => {
        onSave({ gate: gate.trim(), device: device.trim() });
        onClose();
      }}
      onClose={onClose}
    >
      <p className="muted">Every scan is kept with both, so that a second try hears where the first one was.</p>
      <Field label="Gate" placeholder="North" maxLength={40} value={gate} onChange={(event) => setGate(event.target.value)} />
      <Field label="Device" placeholder="Phone 7" maxLength={40} value={device} onChange={(event) => setDevice(event.target.value)} />
    </AskDialog>
  );
}
