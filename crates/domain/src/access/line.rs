//! The reporting line between posts on one date, as the claims of a token carry it.

use super::PostCode;

/// A line edge in force: the child reports to the parent.
pub type LineEdge = (PostCode, PostCode);

/// The posts above `post`, from its superior to the top. Ends at a post met twice, so that a broken tree cannot hang a
/// login.
#[must_use]
pub fn above(edges: &[LineEdge], post: PostCode) -> Vec<PostCode> {
    let mut line = Vec::new();
    let mut at = post;
    while let Some((_, parent)) = edges.iter().find(|(child, _)| *child == at) {
        if *parent == post || line.contains(parent) {
            break;
        }
        line.push(*parent);
        at = *parent;
    }
    line
}

/// The posts below `post`, at any depth, nearest first.
#[must_use]
pub fn below(edges: &[LineEdge], post: PostCode) -> Vec<PostCode> {
    let mut found = Vec::new();
    let mut queue = vec![post];
    while let Some(parent) = queue.pop() {
        for (child, _) in edges.iter().filter(|(_, of)| *of == parent) {
            if *child != post && !found.contains(child) {
                found.push(*child);
                queue.push(*child);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use PostCode::{Cscmgr, Depmgr, Gm, Pubsup, Recept, Tech};

    #[test]
    fn the_line_runs_from_the_post_to_the_top_and_back_down() {
        let edges = [
            (Tech, Pubsup),
            (Recept, Pubsup),
            (Pubsup, Depmgr),
            (Depmgr, Cscmgr),
            (Cscmgr, Gm),
        ];
        assert_eq!(above(&edges, Tech), [Pubsup, Depmgr, Cscmgr, Gm]);
        assert_eq!(below(&edges, Pubsup), [Tech, Recept]);
        assert_eq!(below(&edges, Tech), []);
        let broken = [(Tech, Pubsup), (Pubsup, Tech)];
        assert_eq!(above(&broken, Tech), [Pubsup]);
    }
}
