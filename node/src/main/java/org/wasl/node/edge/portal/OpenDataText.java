package org.wasl.node.edge.portal;

import org.wasl.security.registry.Label;

/** What open data says of itself, in both languages. */
final class OpenDataText {

    static final Label TITLE = new Label("طلبات الخدمات المركبة", "Requests for composite services");

    static final Label DESCRIPTION = new Label(
            "عدد الطلبات بحسب الخدمة والقناة والنتيجة والشهر، دون أي بيان عن شخص",
            "How many requests there were by service, channel, outcome and month, with nothing about any person");

    static final Label EXACT = new Label(
            "أعداد تامة للمخولين، ولا يجوز نشرها", "Exact counts, for those entitled; they must not be published");

    private OpenDataText() {}

    /** How counts were made fit to be published. */
    static Label method(int threshold) {
        return new Label(
                "كل عدد مقرّب إلى أدنى مضاعف للعدد " + threshold
                        + " وما دونه محذوف، والمجاميع من الأعداد المنشورة وحدها",
                "Every count is rounded down to a multiple of " + threshold
                        + ", what is below is left out, and totals are sums of published counts only");
    }
}
