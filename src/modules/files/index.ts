export { eraseFiles } from './actions/erase-files.ts'
export { type Found, type FoundFile, storeFound } from './actions/store-found.ts'
export { storeUpload } from './actions/store-upload.ts'
export { stopUsingFile, useFile, useFiles, usePicturesOfBody } from './actions/use-file.ts'
export { allowedExtensions, playedExtensions } from './file-kinds.ts'
export {
  closeFiles,
  copyUses,
  editionsUsingFile,
  fileForPublicId,
  filesOfEdition,
  filesOfEditions,
  findChecked,
  findClosed,
  findFile,
  type NewUse,
  openHeld,
  releaseClosed,
  type ShownFile,
} from './queries.ts'
export { type Block, blocksOfText, lineBlock, tidyLine } from './reading/blocks.ts'
export { bodyOfWord } from './reading/body-of-word.ts'
export { cleanBody } from './reading/clean-body.ts'
export { type DecodeDoubt, type DecodedText, decodeText, type TextEncoding } from './reading/decode-text.ts'
export { everythingIn, everythingInHtml } from './reading/everything/everything-in.ts'
export type { Everything, Piece, PieceKind } from './reading/everything/piece.ts'
export { chineseNumeral } from './reading/formats/numerals.ts'
export {
  type LabelKind,
  type LabelledValue,
  labelKind,
  labelledCells,
  labelledValues,
} from './reading/metadata-table.ts'
export {
  isAddressee,
  isAttachmentStart,
  isDateLine,
  looksLikeOrgan,
  numberingOf,
  signersOf,
  splitSignedLine,
  withoutSpaces,
} from './reading/official-lines.ts'
export {
  type EmbeddedPicture,
  type ReadDocument,
  type ReadingDoubt,
  readDocument,
  type Sheet,
} from './reading/read-document.ts'
export { type PageLink, type ReadPage, readHtml } from './reading/read-html.ts'
export { structureBlocks } from './reading/structure-blocks.ts'
export { structureText } from './reading/structure-text.ts'
export { readableExtensions, remedyFor } from './reading/unread-formats.ts'
export { TEXT_LIMIT_BYTES, tooLarge, tooLargeMessage, UnreadableFile } from './reading/unreadable-file.ts'
export { whyNotRead } from './reading/why-not-read.ts'
export { type ArchiveEntry, openArchive, type RefusedEntry } from './reading/zip/open-archive.ts'
export { filesGoing, type RecordedUse, restoredFiles, restoreUses, usesForRecord } from './record.ts'
export { replaceInFile } from './replacing/replace-in-file.ts'
export { replaceInHtml } from './replacing/replace-in-html.ts'
export { fileHeaders, fileReply, readFileStream } from './send-file.ts'
export {
  type EditionFile,
  type FileRole,
  fileHref,
  limits,
  type StoredFile,
  sizeInWords,
} from './stored-file.ts'
