import type { Segment } from './blob-store';
import type { Checksum } from './checksums';

/** A part of a multipart object, as GetObject by part number needs it. */
export interface ObjectPart {
  readonly partNumber: number;
  readonly size: number;
  readonly checksum: string | undefined;
}

/** All that is told of an object beside its bytes. */
export interface ObjectContent {
  readonly segments: readonly Segment[];
  readonly size: number;
  /** Without its quotes. */
  readonly etag: string;
  /** Standard headers that were given with the object and are given back with it, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata without its prefix. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly checksum: Checksum | undefined;
  readonly parts: readonly ObjectPart[] | undefined;
}

/** One version of a key. */
export interface StoredObject extends ObjectContent {
  readonly kind: 'object';
  readonly key: string;
  /** `null` where it was written without versioning. */
  readonly versionId: string;
  readonly lastModified: Date;
  readonly sequencer: string;
}

/** What a delete leaves as the newest version of a versioned key. */
export interface DeleteMarker {
  readonly kind: 'delete-marker';
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: Date;
  readonly sequencer: string;
}

export type ObjectVersion = StoredObject | DeleteMarker;

/** Version id of what is written to a bucket without versioning. */
export const NULL_VERSION = 'null';
