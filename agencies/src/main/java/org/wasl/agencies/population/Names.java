package org.wasl.agencies.population;

import java.util.Arrays;
import java.util.List;

/** Common Jordanian names, chosen freely; together they name nobody in particular. */
final class Names {

    static final List<Label> MALE =
            parse("محمد Mohammad,أحمد Ahmad,علي Ali,خالد Khaled,عمر Omar,يوسف Yousef,إبراهيم Ibrahim,"
                    + "حسن Hasan,حسين Hussein,محمود Mahmoud,سامي Sami,سليمان Suleiman,عيسى Issa,موسى Mousa,طارق Tareq,زياد Ziad,"
                    + "ماجد Majed,فادي Fadi,رامي Rami,باسم Basem,نبيل Nabil,جمال Jamal,كمال Kamal,فيصل Faisal,راشد Rashed,"
                    + "هاني Hani,وائل Wael,أيمن Ayman,أسامة Osama,حمزة Hamzeh,معاذ Muath,ليث Laith,يزن Yazan,زيد Zaid,قيس Qais,"
                    + "عدنان Adnan,غسان Ghassan,مصطفى Mustafa,يحيى Yahya,أنس Anas");
    static final List<Label> FEMALE =
            parse("فاطمة Fatima,عائشة Aisha,مريم Mariam,خديجة Khadija,زينب Zainab,سارة Sara,ليلى Layla,"
                    + "هدى Huda,منى Mona,رنا Rana,ريم Reem,دانا Dana,لينا Lina,نور Noor,سلمى Salma,أمل Amal,إيمان Iman,"
                    + "سمر Samar,رشا Rasha,غادة Ghada,هبة Hiba,آلاء Alaa,أسماء Asma,نادية Nadia,سميرة Samira,وفاء Wafa,"
                    + "حنان Hanan,رولا Rula,ميس Mais,تالا Tala,جنى Jana,شذى Shatha,نجوى Najwa,بشرى Bushra,صفاء Safa");
    static final List<Label> FAMILY = parse(
            "العبادي Al-Abbadi,الخطيب Al-Khatib,المومني Al-Momani,الزعبي Al-Zoubi,الطراونة Al-Tarawneh,"
                    + "العمري Al-Omari,القضاة Al-Qudah,الحوراني Al-Hourani,النسور Al-Nsour,الشوابكة Al-Shawabkeh,الخوالدة Al-Khawaldeh,"
                    + "المعايطة Al-Maaytah,البطاينة Al-Batayneh,الرواشدة Al-Rawashdeh,العزام Al-Azzam,الصمادي Al-Smadi,"
                    + "بني هاني Bani-Hani,أبو زيد Abu-Zaid,أبو رمان Abu-Rumman,الحداد Haddad,النجار Al-Najjar,الكردي Al-Kurdi,"
                    + "الشيشاني Al-Shishani,حتر Hattar,الدباس Al-Dabbas,الفاعوري Al-Faouri,العدوان Al-Adwan,المجالي Al-Majali,"
                    + "الهلسا Halasa,القسوس Al-Qsous,السعودي Al-Saudi,الحياري Al-Hiyari,العواملة Al-Awamleh,الجراح Al-Jarrah,"
                    + "الشرع Al-Sharaa,التميمي Al-Tamimi,النابلسي Al-Nabulsi,الكيلاني Al-Kilani,البشتاوي Al-Bishtawi,عبيدات Obeidat");
    static final List<String> STREETS = List.of(
            "شارع الجامعة",
            "شارع المدينة",
            "شارع الزيتون",
            "شارع المحطة",
            "شارع الأمل",
            "شارع النخيل",
            "شارع السلام",
            "شارع الوادي",
            "شارع المدارس",
            "شارع الحديقة");
    static final List<String> QUARTERS = List.of(
            "الحي الشرقي",
            "الحي الغربي",
            "حي النزهة",
            "حي الروضة",
            "حي الزهور",
            "حي البركة",
            "وسط البلد",
            "حي الياسمين");

    private Names() {}

    private static List<Label> parse(String text) {
        return Arrays.stream(text.split(",")).map(Names::label).toList();
    }

    private static Label label(String pair) {
        int space = pair.lastIndexOf(' ');
        return new Label(pair.substring(0, space), pair.substring(space + 1));
    }
}
