package io.evenkeel.lab.aws;

import java.io.StringWriter;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes an XML document element by element; text is escaped. */
final class XmlWriter {
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final XMLStreamWriter out;

    private XmlWriter(XMLStreamWriter out) {
        this.out = out;
    }

    static String document(String root, String namespace, Consumer<XmlWriter> body) {
        var text = new StringWriter();
        try {
            var out = FACTORY.createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement(root);
            if (!namespace.isEmpty()) {
                out.writeDefaultNamespace(namespace);
            }
            body.accept(new XmlWriter(out));
            out.writeEndElement();
            out.writeEndDocument();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written: " + root, e);
        }
    }

    XmlWriter element(String name, Consumer<XmlWriter> body) {
        try {
            out.writeStartElement(name);
            body.accept(this);
            out.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written: " + name, e);
        }
    }

    XmlWriter text(String name, Object value) {
        try {
            out.writeStartElement(name);
            out.writeCharacters(legal(value.toString()));
            out.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written: " + name, e);
        }
    }

    XmlWriter textIfPresent(String name, @Nullable Object value) {
        return value == null ? this : text(name, value);
    }

    /** {@code <name><member>…</member>…</name>}; an empty list is an empty element, as AWS writes it. */
    <T> XmlWriter list(String name, String member, Iterable<T> items, BiConsumer<XmlWriter, T> each) {
        return element(name, list -> items.forEach(item -> list.element(member, entry -> each.accept(entry, item))));
    }

    XmlWriter texts(String name, String member, Iterable<String> items) {
        return element(name, list -> items.forEach(item -> list.text(member, item)));
    }

    /** XML 1.0 has no way to write most control characters; one of them would make the whole answer unreadable. */
    private static String legal(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
