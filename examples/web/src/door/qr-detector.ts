import readerWasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Finds QR symbols in a picture. */
interface QrDetector {
  detect(picture: HTMLVideoElement): Promise<readonly { rawValue: string }[]>;
}

interface NativeBarcodeDetector {
  new (options: { formats: string[] }): QrDetector;
  getSupportedFormats(): Promise<readonly string[]>;
}

let detector: Promise<QrDetector> | undefined;

/** The browser's own detector where it has one for QR symbols; elsewhere one in WebAssembly, loaded when it is needed. */
export function qrDetector(): Promise<QrDetector> {
  detector ??= nativeDetector()
    .then((native) => native ?? wasmDetector())
    .catch((error: unknown) => {
      // The next look loads it anew.
      detector = undefined;
      throw error;
    });
  return detector;
}

async function nativeDetector(): Promise<QrDetector | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: NativeBarcodeDetector };
  const formats = (await BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  return BarcodeDetector !== undefined && formats.includes('qr_code') ? new BarcodeDetector({ formats: ['qr_code'] }) : undefined;
}

/** Its WebAssembly is served with this page: the policy allows no other origin. */
async function wasmDetector(): Promise<QrDetector> {
  const { BarcodeDetector, prepareZXingModule, purgeZXingModule } = await import('barcode-detector/ponyfill');
  try {
    await prepareZXingModule({ overrides: { locateFile: () => readerWasm }, fireImmediately: true });
  } catch (error) {
    // It would remember the failure for good.
    purgeZXingModule();
    throw error;
  }
  return new BarcodeDetector({ formats: ['qr_code'] });
}
