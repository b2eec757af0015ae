package io.evenkeel.lab.aws;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of a request body: namespaces dropped, text as written. */
record XmlNode(String name, String text, List<XmlNode> children) {
    private static final XMLInputFactory FACTORY = factory();

    /** @throws AwsFault if the body is no well-formed XML */
    static XmlNode parse(String body) {
        try {
            var reader = FACTORY.createXMLStreamReader(new StringReader(body));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new AwsFault(400, "MalformedXML", "Unable to parse request: " + e.getLocation());
        }
    }

    Optional<XmlNode> child(String childName) {
        return children.stream().filter(child -> child.name().equals(childName)).findFirst();
    }

    /** The text of a child; empty if there is no such child. */
    Optional<String> childText(String childName) {
        return child(childName).map(XmlNode::text);
    }

    List<String> childTexts(String listName) {
        return child(listName).map(list -> list.children().stream().map(XmlNode::text).toList()).orElse(List.of());
    }

    /** Adds each leaf below this element as path and text; leaves of one path are joined by a comma. */
    void flattenInto(Map<String, String> leaves, String path) {
        for (var child : children) {
            var at = path.isEmpty() ? child.name() : path + "." + child.name();
            if (child.children().isEmpty()) {
                leaves.merge(at, child.text(), (a, b) -> a + "," + b);
            } else {
                child.flattenInto(leaves, at);
            }
        }
    }

    private static XmlNode read(XMLStreamReader reader) throws XMLStreamException {
        var open = new ArrayDeque<Building>();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> open.push(new Building(reader.getLocalName()));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.element().text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    var done = open.pop().build();
                    if (open.isEmpty()) {
                        return done;
                    }
                    open.element().children.add(done);
                }
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
        throw new XMLStreamException("no element");
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** An element whose end is not read yet. */
    private static final class Building {
        private final String name;
        private final StringBuilder text = new StringBuilder();
        private final List<XmlNode> children = new ArrayList<>();

        Building(String name) {
            this.name = name;
        }

        XmlNode build() {
            return new XmlNode(name, children.isEmpty() ? text.toString() : "", List.copyOf(children));
        }
    }
}
