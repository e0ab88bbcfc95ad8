//! What a robot is sent: a text to its group, calling one person.

use serde_json::{Value, json};

use super::OutwardChannel;

/// The body of a message by a robot. `call` is the person's id there; none for a message to the group as such. Both makers
/// take a text message and spell the rest their own way.
#[must_use]
pub fn message(channel: OutwardChannel, text: &str, call: Option<&str>) -> Value {
    let people: Vec<&str> = call.into_iter().collect();
    match channel {
        OutwardChannel::Wecom => json!({
            "msgtype": "text",
            "text": { "content": text, "mentioned_list": people },
        }),
        OutwardChannel::Dingtalk | OutwardChannel::Email => json!({
            "msgtype": "text",
            "text": { "content": text },
            "at": { "atUserIds": people, "isAtAll": false },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_maker_is_spoken_to_in_its_own_way() {
        let wecom = message(OutwardChannel::Wecom, "工单", Some("ZhangSan"));
        assert_eq!(
            wecom["text"],
            json!({ "content": "工单", "mentioned_list": ["ZhangSan"] })
        );
        let dingtalk = message(OutwardChannel::Dingtalk, "工单", Some("z3"));
        assert_eq!(dingtalk["text"]["content"], "工单");
        assert_eq!(dingtalk["at"], json!({ "atUserIds": ["z3"], "isAtAll": false }));
        assert_eq!(
            message(OutwardChannel::Wecom, "试", None)["text"]["mentioned_list"],
            json!([])
        );
    }
}
