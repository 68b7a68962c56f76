import { XMLParser } from 'fast-xml-parser';
import { s3Error } from './errors';

/** An element of an XML document: its text, or its children; children that are undefined are left out. */
export interface XmlElement {
  readonly name: string;
  readonly content: string | readonly (XmlElement | undefined)[];
}

export function element(
  name: string,
  content: string | number | boolean | Date | readonly (XmlElement | undefined)[],
): XmlElement {
  if (content instanceof Date) return { name, content: content.toISOString() };
  return { name, content: Array.isArray(content) ? content : String(content) };
}

/** An element, or nothing where its value is undefined. */
export function optional(
  name: string,
  value: string | number | boolean | Date | undefined,
): XmlElement | undefined {
  return value === undefined ? undefined : element(name, value);
}

/** The document, in S3's namespace unless it is an error. */
export function toXml(root: XmlElement): string {
  const namespace = root.name === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root.name}${namespace}>${inner(root)}</${root.name}>`;
}

function inner({ content }: XmlElement): string {
  if (typeof content === 'string') return escape(content);
  return content
    .filter((child) => child !== undefined)
    .map((child) => `<${child.name}>${inner(child)}</${child.name}>`)
    .join('');
}

/** Control characters go as references: a parser would fold a raw carriage return. */
function escape(value: string): string {
  return value.replace(/[&<>"\u0000-\u001f\u007f]/g, (character) => {
    const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
    return named[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}

/** A parsed request document: elements by name, repeated ones as an array. */
export type XmlDocument = Readonly<Record<string, unknown>>;

/** Reads the body of a request, whose root must be the named element; elements named in `lists` are always arrays. */
export function parseXml(source: string, root: string, lists: readonly string[] = []): XmlDocument {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    ignoreAttributes: true,
    isArray: (name) => lists.includes(name),
  });
  let document: Record<string, unknown>;
  try {
    document = parser.parse(source, true) as Record<string, unknown>;
  } catch {
    throw s3Error('MalformedXML');
  }
  const content = document[root];
  if (typeof content !== 'object' || content === null) throw s3Error('MalformedXML');
  return content as XmlDocument;
}

/** Text of a child element, or undefined where it is absent. */
export function text(document: XmlDocument, name: string): string | undefined {
  const value = document[name];
  return typeof value === 'string' ? value : undefined;
}

/** Children of one name, which parseXml was told to keep as a list. */
export function children(document: XmlDocument, name: string): XmlDocument[] {
  return (document[name] ?? []) as XmlDocument[];
}
