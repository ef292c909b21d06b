// An ONNX file of one node, written by hand: the packages that write such files are for Python.
// Numbers of fields are those of onnx.proto3 (ONNX 1.16).

const TYPES = { float: 1, uint8: 2, int8: 3, int32: 6 };

function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

function concat(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const number = (field, value) => Uint8Array.from([...varint(field * 8), ...varint(value)]);
const bytes = (field, content) => concat([Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
const text = (field, content) => bytes(field, new TextEncoder().encode(content));
const message = (field, ...parts) => bytes(field, concat(parts));

function valueInfo(field, { name, type, shape }) {
  const dims = shape.map((size) => message(1, number(1, size)));
  return message(field, text(1, name), message(2, message(1, number(1, TYPES[type]), message(2, ...dims))));
}

function tensor(field, { name, type, shape, values }) {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message(field, ...shape.map((size) => number(1, size)), number(2, TYPES[type]), text(8, name), bytes(9, raw));
}

/** The file. */
export function graph({ node, input, output, weights, zero }) {
  const initializers = [weights, zero].filter(Boolean).map((each) => tensor(5, each));
  const inputs = node.inputs.map((name) => text(1, name));
  return concat([
    number(1, 8),
    message(8, number(2, 13)),
    message(
      7,
      message(1, ...inputs, text(2, node.output), text(3, 'scores'), text(4, node.op)),
      text(2, 'score'),
      ...initializers,
      valueInfo(11, input),
      valueInfo(12, output),
    ),
  ]);
}
