package org.wasl.node.edge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

/** The two forms in which records and answers are given. The signed form is XML; JSON is derived from it. */
public enum Representation {
    XML("application/xml;charset=UTF-8", MediaType.APPLICATION_XML),
    JSON("application/json", MediaType.APPLICATION_JSON);

    private final String contentType;
    private final MediaType mediaType;

    Representation(String contentType, MediaType mediaType) {
        this.contentType = contentType;
        this.mediaType = mediaType;
    }

    /** The value of the Content-Type header. */
    public String contentType() {
        return contentType;
    }

    /**
     * The form that the caller prefers.
     *
     * @param accept the Accept header; null when there is none
     * @param preferred the form for callers without a preference
     * @throws RefusedException when the caller takes neither
     */
    public static Representation of(@Nullable String accept, Representation preferred) {
        if (accept == null || accept.isBlank()) {
            return preferred;
        }
        List<MediaType> accepted;
        try {
            accepted = new ArrayList<>(MediaType.parseMediaTypes(accept));
        } catch (InvalidMediaTypeException malformed) {
            throw new RefusedException(
                    FaultCode.REQUEST_NOT_ACCEPTABLE, "The Accept header cannot be read.", malformed);
        }
        MimeTypeUtils.sortBySpecificity(accepted);
        accepted.sort((one, other) -> Double.compare(other.getQualityValue(), one.getQualityValue()));
        Representation other = preferred == XML ? JSON : XML;
        for (MediaType type : accepted) {
            if (type.getQualityValue() == 0) {
                continue;
            }
            if (preferred.given(type)) {
                return preferred;
            }
            if (other.given(type)) {
                return other;
            }
        }
        throw new RefusedException(FaultCode.REQUEST_NOT_ACCEPTABLE, "Accept application/json or application/xml.");
    }

    private boolean given(MediaType accepted) {
        return accepted.includes(mediaType) || (this == XML && accepted.includes(MediaType.TEXT_XML));
    }
}
