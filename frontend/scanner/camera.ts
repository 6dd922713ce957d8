// The camera: rear first; torch, zoom and another camera where there are any. Frames are cropped to the square that the
// page shows and made small, one at a time.

const FRAME_SIDE = 720; // pixels; a code of 81 modules that fills a third of it has three pixels a module
const PAUSE = 40; // milliseconds between two frames, so that a phone stays cool
const WANTED: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 1280 } };

/** Why there is no picture. */
export type Trouble = "refused" | "missing" | "busy";

/** What the camera saw, and when (by `performance.now`). */
export interface Frame {
  readonly image: ImageData;
  readonly takenAt: number;
}

/** What a track may offer beyond the library's types (Media Capture: Image). */
interface Capabilities {
  readonly torch?: boolean | readonly boolean[];
  readonly zoom?: { readonly min: number; readonly max: number; readonly step: number };
}

export class CameraError extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

/** Opens a camera, the rear one unless another is named, and shows it; throws `CameraError`. */
export async function openCamera(video: HTMLVideoElement, deviceId?: string): Promise<Camera> {
  const which = deviceId === undefined ? { facingMode: { ideal: "environment" } } : { deviceId: { exact: deviceId } };
  return new Camera(video, await openStream(video, { ...WANTED, ...which }));
}

/** Opens the camera that fits best and shows it; throws `CameraError`. */
export async function openStream(video: HTMLVideoElement, wanted: MediaTrackConstraints): Promise<MediaStream> {
  // Missing where a page was not loaded by https, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw new CameraError("missing");
  try {
    const stream = await devices.getUserMedia({ audio: false, video: wanted });
    video.srcObject = stream;
    await video.play();
    return stream;
  } catch (error) {
    throw new CameraError(troubleOf(error));
  }
}

function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "missing";
}

/** A camera that is open. */
export class Camera {
  readonly #video: HTMLVideoElement;
  readonly #stream: MediaStream;
  readonly #canvas = document.createElement("canvas");

  constructor(video: HTMLVideoElement, stream: MediaStream) {
    this.#video = video;
    this.#stream = stream;
    this.#canvas.width = this.#canvas.height = FRAME_SIDE;
  }

  get hasTorch(): boolean {
    const { torch } = this.#capabilities;
    return typeof torch === "boolean" ? torch : (torch ?? []).includes(true); // some browsers answer with a list
  }

  /** The bounds of the zoom, where there is one. */
  get zoom(): Capabilities["zoom"] {
    const { zoom } = this.#capabilities;
    return zoom && zoom.max > zoom.min ? zoom : undefined;
  }

  get isLive(): boolean {
    return this.#track?.readyState === "live";
  }

  async setTorch(on: boolean): Promise<void> {
    await this.#track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
  }

  async setZoom(zoom: number): Promise<void> {
    await this.#track?.applyConstraints({ advanced: [{ zoom } as MediaTrackConstraintSet] });
  }

  /** Gives the camera after this one, or undefined when there is no other. */
  async next(): Promise<string | undefined> {
    const found = await navigator.mediaDevices.enumerateDevices();
    const cameras = found.filter((one) => one.kind === "videoinput").map((one) => one.deviceId);
    const at = cameras.indexOf(this.#track?.getSettings().deviceId ?? "");
    return cameras.length > 1 ? cameras[(at + 1) % cameras.length] : undefined;
  }

  /** Waits for a frame and gives the square in its middle, or undefined while there is no picture. */
  async frame(): Promise<Frame | undefined> {
    await new Promise((resolve) => window.setTimeout(resolve, PAUSE));
    const { videoWidth: width, videoHeight: height } = this.#video;
    const side = Math.min(width, height);
    if (side === 0 || document.hidden) return undefined;
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) return undefined;
    const takenAt = performance.now();
    const edge = Math.min(side, FRAME_SIDE);
    context.drawImage(this.#video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, edge, edge);
    return { image: context.getImageData(0, 0, edge, edge), takenAt };
  }

  close(): void {
    for (const track of this.#stream.getTracks()) track.stop();
  }

  get #track(): MediaStreamTrack | undefined {
    return this.#stream.getVideoTracks()[0];
  }

  get #capabilities(): Capabilities {
    return (this.#track?.getCapabilities?.() ?? {}) as Capabilities;
  }
}
