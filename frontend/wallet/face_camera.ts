// The holder's own face: front camera, small JPEG pictures of whole frames, and how light they are.

import { openStream } from "../scanner/camera";

const LONGEST_SIDE = 640; // pixels; a face that fills half of it has more than a comparison needs
const QUALITY = 0.85;
const LIGHT_SIDE = 24; // pixels: enough to tell how light the middle of a picture is
const DARK = 55; // of 255, mean of the middle
const BRIGHT = 215;
const WANTED: MediaTrackConstraints = { facingMode: { ideal: "user" }, width: { ideal: 960 }, height: { ideal: 720 } };

export type Light = "dark" | "bright" | "good";

export class FaceCamera {
  readonly #video: HTMLVideoElement;
  readonly #stream: MediaStream;
  readonly #picture = document.createElement("canvas");
  readonly #small = document.createElement("canvas");

  /** Opens the front camera and shows it; throws `CameraError`. */
  static async open(video: HTMLVideoElement): Promise<FaceCamera> {
    return new FaceCamera(video, await openStream(video, WANTED));
  }

  private constructor(video: HTMLVideoElement, stream: MediaStream) {
    this.#video = video;
    this.#stream = stream;
    this.#small.width = this.#small.height = LIGHT_SIDE;
  }

  /** Gives what the camera sees now, unmirrored, or undefined while there is no picture. */
  async jpeg(): Promise<Blob | undefined> {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const context = this.#picture.getContext("2d");
    if (width === 0 || context === null) return undefined;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    this.#picture.width = Math.round(width * scale);
    this.#picture.height = Math.round(height * scale);
    context.drawImage(this.#video, 0, 0, this.#picture.width, this.#picture.height);
    const blob = await new Promise<Blob | null>((done) => this.#picture.toBlob(done, "image/jpeg", QUALITY));
    return blob ?? undefined;
  }

  /** Tells how light the middle of the picture is, where the face should be. */
  light(): Light {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const context = this.#small.getContext("2d", { willReadFrequently: true });
    if (width === 0 || context === null) return "good";
    const side = Math.min(width, height) * 0.6;
    context.drawImage(this.#video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, LIGHT_SIDE, LIGHT_SIDE);
    const mean = meanLight(context.getImageData(0, 0, LIGHT_SIDE, LIGHT_SIDE).data);
    if (mean < DARK) return "dark";
    return mean > BRIGHT ? "bright" : "good";
  }

  close(): void {
    for (const track of this.#stream.getTracks()) track.stop();
    this.#video.srcObject = null;
  }
}

/** Averages the luma (ITU-R BT.601) of RGBA pixels. */
function meanLight(pixels: Uint8ClampedArray): number {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    sum += 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
  }
  return sum / (pixels.length / 4);
}
