import type { CheerioAPI } from 'cheerio'

// cheerio does not pass on the node types of the parser it brings; they are taken from what it returns.
type Root = ReturnType<CheerioAPI['root']>[number]
export type HtmlNode = Root['childNodes'][number]
export type HtmlElement = Extract<HtmlNode, { tagName: string }>

export const isElement = (node: HtmlNode): node is HtmlElement => 'tagName' in node
