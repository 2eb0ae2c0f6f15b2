import type { PieceKind } from '#modules/files'

/** The kinds of place: a decision holds for the same value at the same kind of place. */
export type PlaceKind = PieceKind | 'title' | 'facts' | 'body' | 'attachment-name'
