import { useState } from 'react';

import { siteStorage } from '../browser-storage';

/** How this device is set up. */
export interface DoorSettings {
  device: string;
  gate: string;
  isMuted: boolean;
}

const STORAGE_KEY = 'eventos.door-settings';
const UNNAMED: DoorSettings = { device: '', gate: '', isMuted: false };

/** The settings of this device, kept for the next time. */
export function useDoorSettings(): [DoorSettings, (part: Partial<DoorSettings>) => void] {
  const [settings, setSettings] = useState(kept);
  return [
    settings,
    (part) => {
      const changed = { ...settings, ...part };
      siteStorage?.setItem(STORAGE_KEY, JSON.stringify(changed));
      setSettings(changed);
    },
  ];
}

function kept(): DoorSettings {
  const text = siteStorage?.getItem(STORAGE_KEY) ?? undefined;
  return text === undefined ? UNNAMED : { ...UNNAMED, ...(JSON.parse(text) as Partial<DoorSettings>) };
}
