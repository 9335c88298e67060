"""Words of invented documents, in two sets that share as little as the language lets them.

One set is looked at while the reading is built; the other judges it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """An invented agency: superior and own name as heads print them, and its symbol."""

    superior: str
    name: str
    symbol: str
    place: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that two sets must not share."""

    surnames: tuple[str, ...]
    middles: tuple[str, ...]
    given: tuple[str, ...]
    party: tuple[Agency, ...]
    state: tuple[Agency, ...]
    # What documents are about, lower case: short, ordinary and very long ones.
    subjects: tuple[str, ...]
    # Whom they are sent to.
    receivers: tuple[str, ...]
    sentences: tuple[str, ...]
    # Units in the symbol of state letters: 15/BNV-VP.
    units: tuple[str, ...]


BUILD = Vocabulary(
    surnames=("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Nông", "Giàng"),
    middles=("Văn", "Thị", "Đức", "Minh", "Thị Thanh", "Quang", "Hữu", "A"),
    given=(
        "An",
        "Bình",
        "Cường",
        "Dung",
        "Hà",
        "Hưng",
        "Lan",
        "Minh",
        "Nga",
        "Phúc",
        "Sáng",
        "Tuấn",
        "Thủy",
        "Hoà",
        "Quý",
        "Uyên",
        "Ví Dụ",
    ),
    party=(
        Agency("", "TỈNH ỦY HƯNG YÊN", "TU", "Hưng Yên"),
        Agency("TỈNH ỦY HƯNG YÊN", "VĂN PHÒNG", "VPTU", "Hưng Yên"),
        Agency("TỈNH ỦY HƯNG YÊN", "BAN TỔ CHỨC", "BTCTU", "Hưng Yên"),
        Agency("TỈNH ỦY HƯNG YÊN", "ỦY BAN KIỂM TRA", "UBKTTU", "Hưng Yên"),
        Agency("TỈNH UỶ HƯNG YÊN", "BAN TUYÊN GIÁO VÀ DÂN VẬN", "BTGDVTU", "Hưng Yên"),
        Agency("ĐẢNG BỘ TỈNH HƯNG YÊN", "ĐẢNG ỦY XÃ TÂN HƯNG", "ĐU", "Tân Hưng"),
        Agency("ĐẢNG BỘ TỈNH HƯNG YÊN", "ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH", "ĐU", "Hưng Yên"),
        Agency("ĐẢNG ỦY PHƯỜNG PHỐ HIẾN", "CHI BỘ TRƯỜNG TRUNG HỌC CƠ SỞ AN TẢO", "CB", "Phố Hiến"),
        Agency("", "BAN CHẤP HÀNH TRUNG ƯƠNG", "TW", "Hà Nội"),
        Agency("BAN CHẤP HÀNH TRUNG ƯƠNG", "VĂN PHÒNG TRUNG ƯƠNG ĐẢNG", "VPTW", "Hà Nội"),
        Agency(
            "ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH", "ĐẢNG ỦY SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "ĐU", "Hưng Yên"
        ),
        Agency("TỈNH ỦY HƯNG YÊN", "BAN CHỈ ĐẠO SƠ KẾT NGHỊ QUYẾT SỐ 18-NQ/TW", "BCĐ", "Hưng Yên"),
    ),
    state=(
        Agency("", "ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN", "UBND", "Hưng Yên"),
        Agency("ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN", "SỞ NỘI VỤ", "SNV", "Hưng Yên"),
        Agency("UBND TỈNH HƯNG YÊN", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "SNNMT", "Hưng Yên"),
        Agency("UỶ BAN NHÂN DÂN XÃ TÂN HƯNG", "PHÒNG KINH TẾ", "PKT", "Tân Hưng"),
        Agency("HỘI ĐỒNG NHÂN DÂN TỈNH HƯNG YÊN", "BAN PHÁP CHẾ", "BPC", "Hưng Yên"),
        Agency("BỘ NỘI VỤ", "CỤC VĂN THƯ VÀ LƯU TRỮ NHÀ NƯỚC", "VTLTNN", "Hà Nội"),
        Agency("", "BỘ NỘI VỤ", "BNV", "Hà Nội"),
        Agency("BỘ QUỐC PHÒNG", "BỘ CHỈ HUY QUÂN SỰ TỈNH HƯNG YÊN", "BCH", "Hưng Yên"),
        Agency(
            "SỞ GIÁO DỤC VÀ ĐÀO TẠO HƯNG YÊN",
            "TRƯỜNG TRUNG HỌC PHỔ THÔNG CHUYÊN",
            "THPTC",
            "Hưng Yên",
        ),
    ),
    subjects=(
        "triển khai văn bản điện tử",
        "báo cáo kết quả công tác quý I",
        "tổ chức hội nghị sơ kết 6 tháng đầu năm 2026",
        "rà soát, bổ sung quy hoạch cán bộ giai đoạn 2026 - 2031",
        (
            "gửi, nhận văn bản điện tử trên mạng thông tin diện rộng của Đảng và hệ thống thư điện "
            "tử công vụ của tỉnh"
        ),
        (
            "thực hiện Chỉ thị số 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị về đẩy mạnh học tập và "
            "làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"
        ),
        "bổ nhiệm cán bộ",
        "tăng cường bảo đảm an toàn, an ninh mạng trong dịp nghỉ Lễ 30/4 và 01/5",
        (
            "kiểm tra, giám sát việc chấp hành Quy chế làm việc của Ban Chấp hành, Ban Thường vụ "
            "và công tác lãnh đạo, chỉ đạo xây dựng, củng cố tổ chức cơ sở đảng, nâng cao chất "
            "lượng đội ngũ đảng viên trong các loại hình doanh nghiệp trên địa bàn"
        ),
        "kê khai tài sản, thu nhập năm 2026",
    ),
    receivers=(
        "Các đảng ủy trực thuộc Tỉnh ủy",
        "Thường trực Tỉnh ủy",
        "Các ban, cơ quan tham mưu, giúp việc Tỉnh ủy",
        "Văn phòng Trung ương Đảng",
        "Đảng ủy các xã, phường",
        "Ủy ban nhân dân tỉnh",
        "Đồng chí Nguyễn Văn An, Phó Bí thư Thường trực Tỉnh ủy",
        "Ban Thường vụ Đảng ủy Công an tỉnh, Đảng ủy Quân sự tỉnh, Đảng ủy Ủy ban nhân dân tỉnh",
    ),
    sentences=(
        "Căn cứ Quy định số 217-QĐ/TW, ngày 02/01/2020 của Ban Bí thư về văn bản điện tử.",
        "Thực hiện Kế hoạch số 84-KH/TU, ngày 12 tháng 3 năm 2025 của Ban Thường vụ Tỉnh ủy.",
        "Trong thời gian qua, các cơ quan, đơn vị đã khẩn trương thực hiện nhiệm vụ được giao.",
        "Đề nghị các cơ quan, đơn vị nghiêm túc triển khai, phân công rõ người, rõ việc.",
        "Số lượng hồ sơ tiếp nhận trong kỳ tăng 12% so với cùng kỳ năm trước.",
        "Nơi nhận hồ sơ là bộ phận một cửa của cơ quan.",
        "Giao Chánh Văn phòng theo dõi, đôn đốc việc thực hiện.",
        "Kết quả cụ thể như sau:",
        "Quyết định này có hiệu lực kể từ ngày ký.",
    ),
    units=("VP", "TH", "KSTTHC", "TCCB", "NC"),
)

HELD_OUT = Vocabulary(
    surnames=(
        "Bùi",
        "Đỗ",
        "Hồ",
        "Ngô",
        "Dương",
        "Lý",
        "Đinh",
        "Huỳnh",
        "Phan",
        "Võ",
        "Tô",
        "Trịnh",
        "Lò",
        "Quàng",
        "Thạch",
        "Đoàn",
        "Mai",
        "Cao",
        "Điểu",
        "Y",
    ),
    middles=(
        "Xuân",
        "Ngọc",
        "Thế",
        "Trọng",
        "Kim",
        "Thị Hồng",
        "Việt",
        "Bá",
        "Công",
        "Gia",
        "Thị Bích",
        "Đình",
        "Viết",
        "Huy",
    ),
    given=(
        "Anh",
        "Ánh",
        "Bảo",
        "Châu",
        "Đạt",
        "Giang",
        "Hiếu",
        "Khánh",
        "Khoa",
        "Loan",
        "Mỹ",
        "Ngân",
        "Oanh",
        "Phương",
        "Quỳnh",
        "Sơn",
        "Tâm",
        "Trung",
        "Vinh",
        "Yến",
        "Ứng",
        "Thuỷ",
        "K’Rang",
        "H’Yim",
    ),
    party=(
        Agency("", "THÀNH ỦY HẢI PHÒNG", "TU", "Hải Phòng"),
        Agency("", "TỈNH ỦY", "TU", "Lạng Sơn"),
        Agency("THÀNH ỦY HẢI PHÒNG", "BAN NỘI CHÍNH", "BNCTU", "Hải Phòng"),
        Agency("TỈNH ỦY LẠNG SƠN", "BAN TUYÊN GIÁO VÀ DÂN VẬN", "BTGDVTU", "Lạng Sơn"),
        Agency("TỈNH ỦY LẠNG SƠN", "TRƯỜNG CHÍNH TRỊ HOÀNG VĂN THỤ", "TCT", "Lạng Sơn"),
        Agency("TỈNH ỦY THÁI NGUYÊN", "VĂN PHÒNG", "VPTU", "Thái Nguyên"),
        Agency("TỈNH ỦY THÁI NGUYÊN", "BÁO VÀ PHÁT THANH, TRUYỀN HÌNH", "BPTTH", "Thái Nguyên"),
        Agency("ĐẢNG BỘ TỈNH THÁI NGUYÊN", "ĐẢNG ỦY HỘI ĐỒNG NHÂN DÂN TỈNH", "ĐU", "Thái Nguyên"),
        Agency(
            "ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH", "ĐẢNG ỦY PHƯỜNG SÀI GÒN", "ĐU", "Thành phố Hồ Chí Minh"
        ),
        Agency("ĐẢNG BỘ XÃ ĐỒNG VĂN", "CHI ỦY THÔN MÃ LỦNG", "CB", "Đồng Văn"),
        Agency("ĐẢNG BỘ TỈNH AN GIANG", "BAN THƯỜNG VỤ ĐẢNG ỦY ĐẶC KHU PHÚ QUỐC", "ĐU", "Phú Quốc"),
        Agency("TRUNG ƯƠNG ĐẢNG", "BAN CHÍNH SÁCH, CHIẾN LƯỢC TRUNG ƯƠNG", "BCSCLTW", "Hà Nội"),
        Agency("ĐẢNG ỦY CHÍNH PHỦ", "ĐẢNG ỦY BỘ KHOA HỌC VÀ CÔNG NGHỆ", "ĐU", "Hà Nội"),
        Agency(
            "TỈNH ỦY AN GIANG",
            "ĐẢNG ỦY MẶT TRẬN TỔ QUỐC VÀ CÁC ĐOÀN THỂ CHÍNH TRỊ - XÃ HỘI TỈNH",
            "ĐU",
            "An Giang",
        ),
    ),
    state=(
        Agency("", "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "UBND", "Hải Phòng"),
        Agency("UBND THÀNH PHỐ HẢI PHÒNG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "SKHCN", "Hải Phòng"),
        Agency(
            "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
            "BAN QUẢN LÝ KHU KINH TẾ CỬA KHẨU ĐỒNG ĐĂNG",
            "BQLKKT",
            "Lạng Sơn",
        ),
        Agency(
            "ỦY BAN NHÂN DÂN XÃ ĐỒNG VĂN",
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
            "TTPVHCC",
            "Đồng Văn",
        ),
        Agency("BỘ TÀI CHÍNH", "KHO BẠC NHÀ NƯỚC KHU VỰC IV", "KBKV", "Thái Nguyên"),
        Agency("BỘ CÔNG AN", "CÔNG AN TỈNH AN GIANG", "CAT", "An Giang"),
        Agency(
            "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",
            "VIỆN KIỂM SÁT NHÂN DÂN TỈNH LẠNG SƠN",
            "VKS",
            "Lạng Sơn",
        ),
        Agency("", "TÒA ÁN NHÂN DÂN KHU VỰC 2", "TAND", "Thái Nguyên"),
        Agency("", "HỘI ĐỒNG NHÂN DÂN TỈNH AN GIANG", "HĐND", "An Giang"),
        Agency("BỘ KHOA HỌC VÀ CÔNG NGHỆ", "CỤC BƯU ĐIỆN TRUNG ƯƠNG", "CBĐTW", "Hà Nội"),
        Agency("LIÊN ĐOÀN LAO ĐỘNG TỈNH", "CÔNG ĐOÀN NGÀNH Y TẾ", "CĐYT", "Thái Nguyên"),
        Agency("ĐẠI HỌC THÁI NGUYÊN", "TRƯỜNG ĐẠI HỌC SƯ PHẠM", "ĐHSP", "Thái Nguyên"),
    ),
    subjects=(
        "đăng ký danh mục nhiệm vụ khoa học năm 2027",
        "mời dự Lễ công bố quyết định",
        (
            "phân công công tác của các đồng chí Ủy viên Ban Thường vụ khóa XVIII, nhiệm kỳ 2025 - "
            "2030"
        ),
        (
            "kết quả thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị về đột phá phát triển khoa "
            "học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia"
        ),
        "trực Tết Nguyên đán Đinh Mùi",
        "lấy ý kiến dự thảo Quy chế phối hợp",
        "phòng, chống thiên tai và tìm kiếm cứu nạn năm 2026",
        (
            "một số nhiệm vụ trọng tâm tiếp tục đẩy mạnh sắp xếp, tinh gọn tổ chức bộ máy, cơ cấu "
            "lại đội ngũ cán bộ, công chức, viên chức gắn với kiểm soát quyền lực, phòng, chống "
            "tham nhũng, lãng phí, tiêu cực trong tình hình mới, kèm theo lộ trình và phân công "
            "thực hiện của từng cơ quan, đơn vị, địa phương"
        ),
        "sử dụng con dấu, chứng thư số chuyên dùng",
        "phê duyệt kết quả lựa chọn nhà thầu gói thầu số 03: Mua sắm thiết bị",
        "xử lý kiến nghị của cử tri phường, xã sau kỳ họp thứ 5",
    ),
    receivers=(
        "Bộ Khoa học và Công nghệ",
        "Ban Thường vụ Thành ủy",
        "Các sở, ban, ngành, đoàn thể cấp tỉnh",
        "Đảng ủy các cơ quan Đảng thành phố",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
        "Đồng chí Bùi Ngọc Sơn, Trưởng ban Nội chính Thành ủy",
        "Các đồng chí Ủy viên Ban Chấp hành Đảng bộ",
        "Viện kiểm sát nhân dân, Tòa án nhân dân các khu vực và các cơ quan thi hành án dân sự",
        "Lãnh đạo Văn phòng",
    ),
    sentences=(
        "Thi hành Điều lệ Đảng và các quy định của Trung ương về công tác kiểm tra.",
        "Xét đề nghị của Trưởng ban Tổ chức tại Tờ trình số 31-TTr/BTCTU, ngày 05/02/2026.",
        "Các đơn vị chưa gửi báo cáo cần rút kinh nghiệm, không để tái diễn tình trạng chậm muộn.",
        "Ngày 15 tháng 4 năm 2025, Hội nghị đã thống nhất các nội dung chủ yếu dưới đây.",
        "Ban Thường vụ yêu cầu cấp ủy các cấp quán triệt, tổ chức thực hiện có hiệu quả.",
        "Điều 1. Ban hành kèm theo văn bản này danh mục các nhiệm vụ cụ thể.",
        "Kinh phí thực hiện được bố trí trong dự toán ngân sách hằng năm theo quy định.",
        "Quá trình thực hiện có vướng mắc, phản ánh về cơ quan thường trực để tổng hợp.",
        "Kính gửi kèm theo dự thảo để các cơ quan tham gia ý kiến.",
    ),
    units=("VP", "TTra", "QLĐT&HTĐT", "KHTC", "P2", "CNSH"),
)
